public import DeviceMapperTargets

/// A copy of a device that can be used while it is being made.
///
/// The device stands on three devices of any kind, which it neither owns nor removes.
public typealias CloneDev = DmDevice<CloneTargetParams>

extension DmDevice<CloneTargetParams> {
  /// Creates a clone and activates it; a step that fails is undone.
  ///
  /// Metadata that begins with a block of zeroes is formatted; anything else must be a clone's.
  ///
  /// - Parameters:
  ///   - dm: The context.
  ///   - name: The name of the device.
  ///   - uuid: The uuid of the device.
  ///   - parameters: The devices, the region size and the options.
  ///   - length: The length of the device, or `nil` for as long as the source is.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/exists`` if the name or uuid is taken.
  public static func create(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: CloneTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> CloneDev {
    let length = if let length { length } else { try parameters.sourceDevice.resolved().size() }
    let table = try table(name, length, parameters)
    return try await create(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Adopts a clone that has an equivalent table, finishes one that was never resumed, or creates it.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` and both tables, or both uuids, if there is
  ///   another device of this name.
  public static func setup(
    _ dm: DM, _ name: DmName, uuid: DmUuid? = nil, _ parameters: CloneTargetParams,
    length: Sectors? = nil, options: DmOptions = DmOptions()
  ) async throws(DmError) -> CloneDev {
    let length = if let length { length } else { try parameters.sourceDevice.resolved().size() }
    let table = try table(name, length, parameters)
    return try await setup(dm, name, uuid: uuid, table: table, options: options)
  }

  /// Waits until the copy is complete.
  ///
  /// - Parameter interval: How often to ask; ``DeviceMapperTargets/CloneWorkingStatus/hydrated`` says
  ///   how far it is meanwhile.
  /// - Throws: ``DmError`` with ``DmError/Code/refused`` if the clone has failed or its metadata can't be
  ///   written, as it then never gets there; with ``DmError/Code/cancelled`` if the task is cancelled.
  @discardableResult
  public func waitUntilHydrated(
    every interval: Duration = .milliseconds(100)
  ) async throws(DmError) -> CloneWorkingStatus {
    let status = try await wait(every: interval) { status in
      guard case .working(let status) = status, status.mode == .readWrite else { return true }
      return status.isComplete
    }
    guard case .working(let status) = status, status.isComplete else {
      throw DmError(.refused, command: .tableStatus, device: id)
    }
    return status
  }

  /// Makes a complete copy a device of its own: loads a linear table over the destination, then resumes.
  ///
  /// - Returns: The device of the same name. Source and metadata aren't used any more.
  /// - Throws: ``DmError`` with ``DmError/Code/refused`` if the copy isn't complete.
  @discardableResult
  public func finish(options: DmOptions = DmOptions()) async throws(DmError) -> LinearDev {
    guard case .working(let status) = try status(), status.isComplete else {
      throw DmError(.refused, command: .tableLoad, device: id)
    }
    let line = try onlyLine()
    let linear = LinearDev(dm, name)
    let destination = LinearTargetParams(device: line.content.destinationDevice, start: 0)
    try await linear.setTable(
      LinearDev.table(name, line.length, .linear(destination)), options: options)
    return linear
  }
}
