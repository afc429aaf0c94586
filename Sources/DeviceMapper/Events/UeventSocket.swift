import CDeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage

/// What the kernel announced of devices over its uevent socket.
struct HeardUevents {
  /// The minor numbers of devices that changed: resumed, perhaps with another table, or renamed.
  var changed: Set<UInt32> = []
  /// The minor numbers of devices that were removed.
  var removed: Set<UInt32> = []
  /// Whether announcements are missing, so that every device may have changed.
  var isIncomplete = false

  init(changed: Set<UInt32> = [], removed: Set<UInt32> = [], isIncomplete: Bool = false) {
    self.changed = changed
    self.removed = removed
    self.isIncomplete = isIncomplete
  }

  /// Adds what was announced besides.
  mutating func formUnion(_ other: HeardUevents) {
    changed.formUnion(other.changed)
    removed.formUnion(other.removed)
    isIncomplete = isIncomplete || other.isIncomplete
  }

  /// Whether there is anything to be seen at a device.
  func concerns(_ device: Device) -> Bool {
    isIncomplete || changed.contains(device.minor) || removed.contains(device.minor)
  }
}

/// A socket on which the kernel announces what happens to device-mapper devices.
///
/// A table that comes into effect wakes who polls the control device and leaves no trace in the list
/// of devices; the announcement tells which device it was.
final class UeventSocket: Sendable {
  let descriptor: FileDescriptor

  /// Opens the socket; `nil` where there is none to be had.
  init?() {
    let socket = socket(
      AF_NETLINK, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue),
      NETLINK_KOBJECT_UEVENT)
    guard socket >= 0 else { return nil }
    descriptor = FileDescriptor(rawValue: socket)
    // A slow listener misses nothing that matters: what doesn't fit is noticed, and then every device is
    // read again. Thousands of paths that fail at once do fit; a mebibyte was too small for two thousand.
    // More would be held for a listener that doesn't ask for long.
    var size: CInt = 1 << 24
    _ = unsafe setsockopt(
      socket, SOL_SOCKET, SO_RCVBUFFORCE, &size, socklen_t(MemoryLayout<CInt>.size))
    var address = sockaddr_nl()
    address.nl_family = sa_family_t(AF_NETLINK)
    // The kernel's own group; the other one is udev's.
    address.nl_groups = 1
    let isBound = unsafe withUnsafePointer(to: &address) { address in
      let length = socklen_t(MemoryLayout<sockaddr_nl>.size)
      return unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(socket, $0, length) == 0
      }
    }
    guard isBound, Self.attachFilter(to: socket) else { return nil }
  }

  deinit { try? descriptor.close() }

  /// How many bytes of a message pass the filter: `change@/devices/virtual/block/dm-NUMBER`.
  private static let messageLimit = 64

  /// Lets only the changes and removals of device-mapper devices through, so that nothing else on
  /// the machine wakes the listener.
  private static func attachFilter(to socket: CInt) -> Bool {
    func step(_ code: Int32, _ value: UInt32, _ yes: UInt8 = 0, _ no: UInt8 = 0) -> sock_filter {
      sock_filter(code: UInt16(code), jt: yes, jf: no, k: value)
    }
    func word(_ text: StaticString) -> UInt32 {
      text.withUTF8Buffer { bytes in
        unsafe bytes.reduce(0) { $0 << 8 | UInt32($1) }
      }
    }
    let load = BPF_LD | BPF_W | BPF_ABS
    let equal = BPF_JMP | BPF_JEQ | BPF_K
    var filter = [
      step(load, 0),
      step(equal, word("chan"), 1, 0),
      step(equal, word("remo"), 0, 5),
      step(load, 24),
      step(equal, word("bloc"), 0, 3),
      step(load, 28),
      step(equal, word("k/dm"), 0, 1),
      step(BPF_RET | BPF_K, UInt32(messageLimit)),
      step(BPF_RET | BPF_K, 0),
    ]
    return unsafe filter.withUnsafeMutableBufferPointer { filter in
      var program = unsafe sock_fprog(len: UInt16(filter.count), filter: filter.baseAddress)
      return unsafe setsockopt(
        socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, socklen_t(MemoryLayout<sock_fprog>.size))
        == 0
    }
  }
}

extension UeventSocket {
  /// Takes what was announced so far.
  func drain() -> HeardUevents {
    var heard = HeardUevents()
    var buffer = [UInt8](repeating: 0, count: Self.messageLimit)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe recv(descriptor.rawValue, $0.baseAddress, $0.count, 0)
      }
      if count < 0 {
        switch Errno(rawValue: errno) {
        case .interrupted: continue
        case .wouldBlock: return heard
        // The kernel says once that it had to drop some, then goes on.
        case .noBufferSpace: heard.isIncomplete = true
        default:
          heard.isIncomplete = true
          return heard
        }
      } else {
        heard.take(buffer.span.extracting(first: count))
      }
    }
  }
}

extension HeardUevents {
  /// Takes a message, which begins with `ACTION@PATH`; any other is none of a device's.
  mutating func take(_ message: Span<UInt8>) {
    let (change, remove): (StaticString, StaticString) = (
      "change@/devices/virtual/block/dm-", "remove@/devices/virtual/block/dm-"
    )
    if let minor = message.number(behind: change) {
      changed.insert(minor)
    } else if let minor = message.number(behind: remove) {
      removed.insert(minor)
    }
  }
}

extension Span<UInt8> {
  private func isEqual(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { text in
      for index in indices where unsafe self[index] != text[index] { return false }
      return true
    }
  }

  /// The number that follows a prefix, up to a NUL or the end.
  fileprivate func number(behind prefix: StaticString) -> UInt32? {
    let length = prefix.utf8CodeUnitCount
    guard count > length, extracting(first: length).isEqual(prefix) else { return nil }
    var number: UInt32?
    for index in length..<count {
      if self[index] == 0 { break }
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit < 10, (number ?? 0) < 1 << 24 else { return nil }
      number = (number ?? 0) * 10 + UInt32(digit)
    }
    return number
  }
}
