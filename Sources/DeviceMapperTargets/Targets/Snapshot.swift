/// The parameters of `snapshot`: what a device was at one time, and what was written to the
/// snapshot since.
///
/// Text: `ORIGIN COW P|PO|N CHUNK [COUNT FEATURE…]`.
/// Kernel document: `admin-guide/device-mapper/snapshot.rst`.
public struct SnapshotTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = SnapshotStatus

  /// The type of target.
  public static var targetType: TargetType { .snapshot }

  /// The device whose past state this is, below its `snapshot-origin`.
  public var origin: DeviceReference
  /// Where, and how, the chunks are kept that differ.
  public var store: SnapshotStore

  /// Creates parameters from their fields.
  public init(origin: DeviceReference, store: SnapshotStore) {
    self.origin = origin
    self.store = store
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    origin = try fields.device("origin")
    store = try SnapshotStore(fields: &fields)
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(origin)
    store.write(to: &text)
  }
}

/// The parameters of `snapshot-merge`: the origin of a snapshot that flows back into it.
///
/// Text: `ORIGIN COW P|PO CHUNK [COUNT FEATURE…]`. The snapshot's own device must be gone or
/// suspended; the origin's device takes this table.
/// Kernel document: `admin-guide/device-mapper/snapshot.rst`.
public struct SnapshotMergeTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = SnapshotMergeStatus

  /// The type of target.
  public static var targetType: TargetType { .snapshotMerge }

  /// The device that the chunks flow back to.
  public var origin: DeviceReference
  /// Where, and how, the chunks are kept.
  public let store: SnapshotStore

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if the store is transient: Linux 7.2 refuses that, and 6.1 crashes.
  public init(origin: DeviceReference, store: SnapshotStore) throws(ParameterError) {
    guard store.persistence != .transient else {
      throw ParameterError(Self.targetType, "persistence", rule: "P or PO")
    }
    self.origin = origin
    self.store = store
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let origin = try fields.device("origin")
    let store = try SnapshotStore(fields: &fields)
    do { try self.init(origin: origin, store: store) } catch { throw fields.rejected(error) }
  }

  /// Decodes the fields and checks them like ``init(origin:store:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let origin = try values.decode(DeviceReference.self, forKey: .origin)
    let store = try values.decode(SnapshotStore.self, forKey: .store)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(origin: origin, store: store)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(origin)
    store.write(to: &text)
  }
}

/// The parameters of `snapshot-origin`: a device that has snapshots, and saves for them what it
/// overwrites.
///
/// Text: `DEVICE`. Kernel document: `admin-guide/device-mapper/snapshot.rst`.
public struct SnapshotOriginTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = SnapshotOriginStatus

  /// The type of target.
  public static var targetType: TargetType { .snapshotOrigin }

  /// The device below, which is what the snapshots name as their origin.
  public var device: DeviceReference

  /// Creates parameters from their field.
  public init(device: DeviceReference) { self.device = device }

  /// Reads the field.
  public init(fields: inout FieldScanner) throws(ParseError) {
    device = try fields.device("device")
    try fields.end()
  }

  /// Appends the field.
  public func write(to text: inout TextWriter) { text.device(device) }
}

/// The status of `snapshot-origin`, which has no fields.
public struct SnapshotOriginStatus: FieldlessStatus {
  /// The type of target.
  public static var targetType: TargetType { .snapshotOrigin }

  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates the status from the fields that a later kernel added.
  public init(trailing: TargetText) { self.trailing = trailing }
}
