import DeviceMapperTargets
import Glibc
import SystemPackage

extension DmDevice<ThinTargetParams> {
  /// Discards every block of the device: `BLKDISCARD` on its node.
  func discardAll() async throws(DmError) {
    let (path, length) = (try devnode(), try size())
    let id = self.id
    try await onOwnThread { () throws(DmError) in
      do {
        let node = try FileDescriptor.open(path, .readWrite, options: [.closeOnExec])
        try node.closeAfter {
          var range: (UInt64, UInt64) = (0, length.rawValue * 512)
          // BLKDISCARD, _IO(0x12, 119)
          let result = unsafe withUnsafeMutablePointer(to: &range) {
            unsafe ioctl(node.rawValue, 0x1277, UnsafeMutableRawPointer($0))
          }
          if result != 0 { throw Errno(rawValue: errno) }
        }
      } catch let error {
        throw DmError(
          .refused, device: id, errno: error as? Errno, context: .path(path))
      }
    }
  }
}
