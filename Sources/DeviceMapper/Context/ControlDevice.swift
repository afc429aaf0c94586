import Glibc
import SystemPackage

/// The descriptor of the control device, closed when its owner goes away.
struct ControlDevice: ~Copyable {
  static let path: FilePath = "/dev/mapper/control"

  let descriptor: FileDescriptor

  /// Opens the control device, which loads the driver where it is a module.
  init() throws(DmError) {
    do {
      descriptor = try FileDescriptor.open(Self.path, .readWrite, options: [.closeOnExec])
    } catch let error as Errno {
      throw DmError(.noContext, errno: error, context: .path(Self.path))
    } catch {
      throw DmError(.noContext, context: .path(Self.path))
    }
  }

  deinit { try? descriptor.close() }

  /// Carries out a command on a buffer that begins with a header; `nil` where it succeeded.
  ///
  /// A command that a signal interrupts hasn't begun, so it is tried again.
  func perform(_ command: DmCommand, _ buffer: inout MutableRawSpan) -> Errno? {
    unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return .invalidArgument }
      while true {
        // The kernel reads and writes as many bytes as the header's data size, which is the
        // buffer's.
        let result = unsafe ioctl(descriptor.rawValue, command.request, start)
        let error = Errno(rawValue: errno)
        if result >= 0 { return nil }
        if error != .interrupted { return error }
      }
    }
  }
}
