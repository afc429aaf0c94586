/// The status of `era`.
///
/// Kernel document: `admin-guide/device-mapper/era.rst`.
public enum EraStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .era }

  /// The target works.
  case working(EraWorkingStatus)
  /// The kernel couldn't read the metadata to report on it.
  case error

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    guard fields.skip("Error") else {
      self = .working(try EraWorkingStatus(fields: &fields))
      return
    }
    self = .error
    try fields.end()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    switch self {
    case .working(let status): status.write(to: &text)
    case .error: text.word("Error")
    }
  }
}

extension EraStatus {
  /// Failed for `Error`; degraded when the metadata has no space left.
  public var health: Health {
    guard case .working(let status) = self else {
      return Health(.failed, ["metadata can't be read"])
    }
    return status.metadata.free == 0
      ? Health(.degraded, ["metadata out of space"]) : .healthy
  }
}

/// A stable form in JSON: the fields beside a `state` of `working` or `error`.
extension EraStatus {
  private enum State: Keyword {
    case working, error

    var keyword: StaticString {
      switch self {
      case .working: "working"
      case .error: "error"
      }
    }
  }

  /// Decodes the state and, of a target that works, its figures.
  public init(from decoder: any Decoder) throws {
    switch try StateKey.decode(from: decoder) as State {
    case .working: self = .working(try EraWorkingStatus(from: decoder))
    case .error: self = .error
    }
  }

  /// Encodes the state and, of a target that works, its figures.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .working(let status):
      try StateKey.encode(State.working, to: encoder)
      try status.encode(to: encoder)
    case .error: try StateKey.encode(State.error, to: encoder)
    }
  }
}

/// The figures of an `era` target that works.
///
/// Text: `META_BLOCK META/META ERA SNAPSHOT`.
public struct EraWorkingStatus: Hashable, Sendable, Codable {
  /// The size of a block of the metadata; 8 in all kernels so far.
  public var metadataBlockSize: Sectors
  /// The use of the metadata device.
  public var metadata: Usage<MetaBlocks>
  /// The current era.
  public var currentEra: UInt32
  /// The block of the metadata snapshot's root while one is held.
  public var metadataSnapshot: MetaBlocks?
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    metadataBlockSize: Sectors = 8, metadata: Usage<MetaBlocks>, currentEra: UInt32,
    metadataSnapshot: MetaBlocks? = nil, trailing: TargetText = TargetText()
  ) {
    self.metadataBlockSize = metadataBlockSize
    self.metadata = metadata
    self.currentEra = currentEra
    self.metadataSnapshot = metadataSnapshot
    self.trailing = trailing
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    metadataBlockSize = try fields.quantity("metadata block size")
    metadata = try fields.usage("metadata blocks")
    currentEra = try fields.number("current era")
    metadataSnapshot = fields.skip("-") ? nil : try fields.quantity("metadata snapshot")
    trailing = fields.remainder()
  }

  func write(to text: inout TextWriter) {
    text.quantity(metadataBlockSize)
    text.usage(metadata)
    text.number(currentEra)
    if let metadataSnapshot { text.quantity(metadataSnapshot) } else { text.word("-") }
    text.text(trailing)
  }
}
