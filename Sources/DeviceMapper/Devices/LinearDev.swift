public import DeviceMapperTargets

/// A device of linear segments, some of which may be flakey for tests.
public struct LinearDev: DmDevice {
  /// What the lines of the table hold.
  public typealias Content = LinearDevTargetParams

  /// The context that reaches the device.
  public let dm: DM
  /// The name of the device.
  public var name: DmName

  /// Creates a handle without asking the kernel.
  public init(_ dm: DM, _ name: DmName) {
    self.dm = dm
    self.name = name
  }

  /// Creates a device and activates it; a step that fails is undone.
  ///
  /// - Parameters:
  ///   - table: The segments.
  ///   - options: Private by default: such a device is usually a part of another one, and udev
  ///     neither probes it nor links to it.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, table: TargetTable<LinearDevTargetParams>,
    options: DmOptions = .privateDevice
  ) async throws(DmError) -> LinearDev {
    try await activate(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Adopts a device that has an equivalent table, finishes one that was never resumed, or creates it.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` and both tables, or both uuids, if there is
  ///   another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, table: TargetTable<LinearDevTargetParams>,
    options: DmOptions = .privateDevice
  ) async throws(DmError) -> LinearDev {
    try await adopt(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Replaces the segments: loads the table, then resumes.
  ///
  /// What is on the device is the caller's to keep track of; nothing is copied.
  public func setTable(
    _ table: TargetTable<LinearDevTargetParams>, options: DmOptions = .privateDevice
  ) async throws(DmError) {
    try await replaceTable(table, options: options)
  }
}
