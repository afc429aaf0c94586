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

  /// Removes the devices that tests have made, until nothing more can be removed.
  ///
  /// I/O that waits for a device would hold it open for ever, so its table is replaced first.
  public static func removeAll() async throws {
    let dm = try DM()
    let options = DmOptions(retry: RetryPolicy(attempts: 10, delay: .milliseconds(50)))
    var left = try left()
    while !left.isEmpty {
      for device in left {
        let id = DevId.device(device.device)
        if (try? await dm.deviceRemove(id, options: options)) != nil { continue }
        let length = max(1, (try? dm.table(id).lines.last).map { $0.start + $0.length } ?? 1)
        _ = try? dm.tableLoad(
          id, TargetTable(length: length, VerbatimTarget(.error, TargetText())))
        _ = try? await dm.deviceSuspend(id, options: DmOptions(flags: .noFlush))
        _ = try? await dm.deviceResume(id)
      }
      let now = try Self.left()
      if now.count == left.count { throw DevicesLeft(names: now.map(\.name)) }
      left = now
    }
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
