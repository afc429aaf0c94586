import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// Waits for udev, which end with it or without it and leave no semaphore.
  @Suite(.kernel(.error), .withUdev) struct UdevWaits {
    let dm: DM

    init() throws { dm = try DM() }

    /// A command after which udev has work to do.
    struct Command: CustomTestStringConvertible {
      var testDescription: String
      var body: @Sendable (DM, DmOptions) async throws(DmError) -> Void

      static let all: [Command] = [
        Command(testDescription: "resume") { dm, options throws(DmError) in
          try await dm.deviceResume(.test("u"), options: options)
        },
        Command(testDescription: "rename") { dm, options throws(DmError) in
          try await dm.deviceRename(.test("u"), to: .test("v"), options: options)
        },
        Command(testDescription: "remove") { dm, options throws(DmError) in
          try await dm.deviceRemove(.test("u"), options: options)
        },
      ]
    }

    /// A device that is suspended, so that a resume has an effect, of which udev is told.
    private func makeSuspendedDevice() async throws {
      try await dm.makeErrorDevice("u")
      try await dm.deviceSuspend(.test("u"))
    }

    @Test(arguments: Command.all)
    func `a wait for a daemon that does nothing ends when its time is up`(
      command: Command
    ) async throws {
      try await makeSuspendedDevice()
      let error = try await Udev.paused {
        await #expect(throws: DmError.self) {
          try await command.body(dm, DmOptions(udev: .wait(upTo: .milliseconds(100))))
        }
      }
      #expect(error?.code == .udevTimeout)
      #expect(error?.command != nil && error?.device == .test("u"))
      #expect(try Leaks.semaphores() == [])
    }

    @Test(arguments: Command.all)
    func `a wait ends at once when it is cancelled`(command: Command) async throws {
      try await makeSuspendedDevice()
      let dm = dm
      let error = try await Udev.paused {
        let wait = Task { try await command.body(dm, DmOptions(udev: .wait(upTo: .seconds(600)))) }
        _ = try await eventually { try Leaks.semaphores().count == 1 }
        wait.cancel()
        return await #expect(throws: DmError.self) { try await wait.value }
      }
      #expect(error?.code == .cancelled)
      #expect(try Leaks.semaphores() == [])
    }

    @Test func `a daemon that has died is waited for no longer than allowed`() async throws {
      try await makeSuspendedDevice()
      let error = try await Udev.killed {
        await #expect(throws: DmError.self) {
          try await dm.deviceResume(
            .test("u"), options: DmOptions(udev: .wait(upTo: .milliseconds(100))))
        }
      }
      #expect(error?.code == .udevTimeout)
    }

    @Test func `a command that fails leaves no semaphore`() async throws {
      await expect(.noSuchAddressOrDevice, from: .deviceRemove) {
        try await dm.deviceRemove(.test("u"))
      }
      #expect(try Leaks.semaphores() == [])
    }

    @Test func `nobody is waited for who isn't to be`() async throws {
      try await makeSuspendedDevice()
      let options = DmOptions(udev: .none)
      try await Udev.paused {
        try await dm.deviceResume(.test("u"), options: options)
        try await dm.deviceRemove(.test("u"), options: options)
      }
      #expect(try !dm.deviceExists(.test("u")))
    }

    @Test func `a new device whose wait times out is removed again`() async throws {
      let options = DmOptions(udev: .wait(upTo: .milliseconds(100)))
      let error = try await Udev.paused {
        await #expect(throws: DmError.self) {
          try await DmDevice<ErrorTargetParams>.create(
            dm, .test("u"), ErrorTargetParams(), length: 8, options: options)
        }
      }
      #expect(error?.code == .udevTimeout)
      #expect(error?.notUndone == [])
      #expect(try !dm.deviceExists(.test("u")))
    }
  }
}
