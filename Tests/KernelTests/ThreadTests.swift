import DeviceMapper
import DeviceMapperTargets
import Dispatch
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// One context, used by several threads at a time.
  @Suite(.kernel(.linear)) struct Threads {
    let dm: DM

    init() throws { dm = try DM() }

    /// udev takes a tenth of a second for each announcement in the sandbox, of which there are three
    /// a device.
    private static let count = Udev.isRunning ? 96 : 500

    @Test func `eight threads make, load, list and remove hundreds of devices`() async throws {
      let (dm, disk) = (dm, try await TestDisk.two().0)
      let options = DmOptions(cookie: .privateDevice, udev: .wait(upTo: .seconds(300)))
      let tables = [
        try LinearDevTargetTable.range(of: disk, length: 8),
        try LinearDevTargetTable.range(of: disk, from: 64, length: 128),
      ]
      let most = try await withThrowingTaskGroup(of: Int.self) { group in
        for thread in 0..<8 {
          group.addTask(executorPreference: OneThread()) {
            let names = stride(from: thread, to: Self.count, by: 8).map { DmName.test("\($0)") }
            var devices: [LinearDev] = []
            for name in names {
              devices.append(
                try await LinearDev.create(dm, name, table: tables[0], options: options))
            }
            let listed = try dm.listDevices().map(\.name)
            #expect(Set(listed).isSuperset(of: names))
            for device in devices {
              try await device.setTable(tables[1], options: options)
              #expect(try device.table() == tables[1])
            }
            for device in devices { try await device.remove(options: options) }
            return listed.count
          }
        }
        return try await group.reduce(0) { max($0, $1) }
      }
      // The devices of several threads were there together.
      #expect(most > Self.count / 8 + 1)
      #expect(try TestDevices.left().isEmpty)
    }
  }
}

/// An executor with a thread of its own.
private final class OneThread: TaskExecutor {
  private let queue = DispatchQueue(label: "one thread")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
