import Glibc
import SystemPackage

/// Who hears what programs write to the system log, where nobody else does.
final class SystemLogListener: Sendable {
  private static let path = "/dev/log"
  private let socket: FileDescriptor

  /// Begins to listen; `nil` if somebody else does.
  init?() {
    let number = Glibc.socket(
      AF_UNIX, CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard number >= 0 else { return nil }
    let socket = FileDescriptor(rawValue: number)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) {
      unsafe $0.copyBytes(from: Self.path.utf8)
    }
    let isBound = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    guard isBound else {
      try? socket.close()
      return nil
    }
    self.socket = socket
  }

  deinit {
    try? socket.close()
    _ = unsafe unlink(Self.path)
  }

  /// What was written since the last call.
  func messages() -> [String] {
    var messages: [String] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe recv(socket.rawValue, $0.baseAddress, $0.count, 0)
      }
      guard count > 0 else { return messages }
      messages.append(String(decoding: buffer[..<count], as: UTF8.self))
    }
  }
}
