import DeviceMapper
import DeviceMapperTargets
import Synchronization
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// Somebody else removes all devices between two commands of an operation.
  ///
  /// Where udev may have a device open, it wouldn't be removed.
  @Suite(.kernel(.linear, .thinPool, .thin, .cache, .snapshot), .withoutUdev)
  struct VanishingDevices {
    let dm: DM
    let other: DM

    init() throws {
      dm = try DM()
      other = try DM()
    }

    @Test(arguments: Operation.all)
    func `an operation whose devices vanish ends and leaves none`(operation: Operation) async throws
    {
      for number in 0... {
        let prepared = try await operation.prepare(dm)
        let hasHappened = Mutex(false)
        let other = other
        let plan = Faults.Plan.before(number) {
          hasHappened.withLock { $0 = true }
          try? other.removeAll()
        }
        do {
          try await Faults.watching(dm, plan) { try await prepared.body() }
        } catch let error as DmError {
          #expect(!error.notUndone.contains { $0.isOfDevice }, "before command \(number)")
          #expect(try TestDevices.left().isEmpty, "before command \(number)")
        }
        try await TestDevices.removeAll()
        // There was no such command any more.
        if !hasHappened.withLock(\.self) { break }
      }
    }

    @Test func `a device that vanishes behind a list is an error of its own`() async throws {
      try await dm.makeErrorDevice("a")
      try await dm.makeErrorDevice("b")
      let listed = try TestDevices.left()
      try await run("dmsetup", "remove", "--retry", "\(DmName.test("a"))")
      var found: [DmName] = []
      for device in listed {
        do { found.append(try #require(try dm.tableStatus(.name(device.name)).info.name)) } catch {
          #expect((error as? DmError)?.errno == .noSuchAddressOrDevice)
        }
      }
      #expect(found == [.test("b")])
    }
  }
}

extension DmError.Leftover {
  /// Whether it is about a device that is there, and not about one that is gone or about what a pool
  /// has in its metadata.
  fileprivate var isOfDevice: Bool {
    switch self {
    case .thinDevice, .removed: false
    default: true
    }
  }
}
