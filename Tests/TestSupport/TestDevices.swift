public import DeviceMapper
public import DeviceMapperTargets

/// The devices that tests make, which are known by their names.
public enum TestDevices {
  /// What the name of every device begins with that a test makes.
  public static let prefix = "swift-test-"

  /// All devices that tests have made and not removed.
  public static func left() throws -> [ListedDevice] {
    try DM().listDevices().filter { $0.name.isOfTest }
  }

  /// Removes the devices that tests have made.
  ///
  /// What stands on others goes first, which rounds of tries find out; udev may have a device open
  /// for a while. I/O that waits for a device would hold it open for ever, so the tables of what is
  /// left after some time are replaced.
  public static func removeAll() async throws {
    let dm = try DM()
    try await removeInRounds(dm)
    let stuck = try left()
    if stuck.isEmpty { return }
    for device in stuck { await stopWaiting(dm, .device(device.device)) }
    try await removeInRounds(dm)
    let left = try left()
    if !left.isEmpty { throw DevicesLeft(names: left.map(\.name)) }
  }

  /// Tries to remove all devices, until none is left or some time has gone by without any success.
  private static func removeInRounds(_ dm: DM) async throws {
    var patience = 50
    var left = try left()
    while !left.isEmpty, patience > 0 {
      for device in left {
        _ = try? await dm.deviceRemove(.device(device.device), options: DmOptions(retry: .never))
      }
      let now = try Self.left()
      if now.count == left.count {
        patience -= 1
        try await ContinuousClock().sleep(for: .milliseconds(40))
      }
      left = now
    }
  }

  /// Replaces a device's table by one with which no I/O waits.
  private static func stopWaiting(_ dm: DM, _ id: DevId) async {
    let length = max(1, (try? dm.table(id).lines.last).map { $0.start + $0.length } ?? 1)
    _ = try? dm.tableLoad(id, TargetTable(length: length, VerbatimTarget(.error, TargetText())))
    _ = try? await dm.deviceSuspend(id, options: DmOptions(flags: .noFlush))
    _ = try? await dm.deviceResume(id)
  }
}

/// Devices that can't be removed.
public struct DevicesLeft: Error {
  /// Their names.
  public var names: [DmName]
}

extension DmName {
  /// A name for a device of a test.
  public static func test(_ suffix: String) -> DmName {
    do { return try DmName(TestDevices.prefix + suffix) } catch { preconditionFailure("\(error)") }
  }

  /// Whether the name is one of a test's device.
  public var isOfTest: Bool { description.hasPrefix(TestDevices.prefix) }
}

extension DevId {
  /// A device of a test, by its name.
  public static func test(_ suffix: String) -> DevId { .name(.test(suffix)) }
}
