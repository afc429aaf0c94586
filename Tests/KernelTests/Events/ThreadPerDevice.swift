import DeviceMapper
import DeviceMapperTargets
import Glibc
import Synchronization
import SystemPackage

/// The other way to hear of events, which dmeventd has: for each device a thread that waits in
/// `DM_DEV_WAIT`, and asks for the status and the new event number when it returns.
final class ThreadPerDevice: Sendable {
  private let control: RawControl
  private let counts = Mutex((events: 0, calls: 0))
  private let left: Mutex<Int>

  /// Begins to wait for one event of each device.
  init(_ devices: [ListedDevice]) throws {
    control = try RawControl()
    left = Mutex(devices.count)
    for device in devices { try start(device) }
  }

  deinit { control.close() }

  /// How many events were noticed, and how many system calls that took.
  var count: (events: Int, calls: Int) { counts.withLock { $0 } }

  /// Whether each device has had its event.
  var isDone: Bool { left.withLock { $0 == 0 } }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private func start(_ device: ListedDevice) throws {
    let work = Work { [self] in
      for command in [RawControl.Command.wait, .tableStatus, .status] {
        guard control.send(command, device.device, after: device.eventNumber ?? 0) else { break }
        counts.withLock { $0.calls += 1 }
      }
      counts.withLock { $0.events += 1 }
      left.withLock { $0 -= 1 }
    }
    var thread = pthread_t()
    let pointer = unsafe Unmanaged.passRetained(work).toOpaque()
    let error = unsafe pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      }, pointer)
    guard error == 0 else { throw Errno(rawValue: error) }
    pthread_detach(thread)
  }
}

/// A control descriptor to which commands are sent byte by byte.
struct RawControl: Sendable {
  /// A command by its number in the interface.
  enum Command: UInt {
    case remove = 4, status = 7, wait = 8, tableStatus = 12
  }

  private let control: FileDescriptor

  init() throws {
    control = try FileDescriptor.open(
      FilePath("/dev/mapper/control"), .readWrite, options: [.closeOnExec])
  }

  func close() { try? control.close() }

  /// Sends a command about a device in a `struct dm_ioctl` with room for a status.
  func send(_ command: Command, _ device: Device, after event: UInt32 = 0) -> Bool {
    var request = [UInt8](repeating: 0, count: 16384)
    let (major, minor) = (UInt64(device.major), UInt64(device.minor))
    return unsafe request.withUnsafeMutableBytes { bytes in
      // The interface's version, both sizes, no flush (which would write), the event, the device.
      for (value, offset) in [
        (4, 0), (UInt32(bytes.count), 12), (312, 16), (1 << 11, 28), (event, 32),
      ] {
        unsafe bytes.storeBytes(of: value, toByteOffset: offset, as: UInt32.self)
      }
      let number = (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12)
      unsafe bytes.storeBytes(of: number, toByteOffset: 40, as: UInt64.self)
      guard let start = bytes.baseAddress else { return false }
      return unsafe ioctl(control.rawValue, 0xC138_FD00 | command.rawValue, start) == 0
    }
  }
}
