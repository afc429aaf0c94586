import DeviceMapperTargets
import Glibc
import SystemPackage

extension DeviceReference {
  /// What a part of the device holds.
  ///
  /// It is read past the page cache, which may have what was there before the kernel wrote it.
  ///
  /// - Parameters:
  ///   - start: The first sector.
  ///   - count: The number of bytes, a multiple of the device's block size.
  /// - Returns: The bytes; fewer where the device ends.
  func bytes(at start: Sectors, count: Int) async throws(DmError) -> [UInt8] {
    try await onNode(.readOnly, []) { file throws(Errno) in
      try unsafe Self.withBuffer(count) { buffer throws(Errno) in
        let place = try Self.place(start)
        let read = unsafe pread(file.rawValue, buffer.baseAddress, count, place)
        guard read >= 0 else { throw Errno(rawValue: errno) }
        return unsafe [UInt8](buffer.prefix(read))
      }
    }
  }

  /// Overwrites a part of the device with zeroes, unless somebody uses the device.
  func clear(at start: Sectors, count: Int) async throws(DmError) {
    try await onNode(.writeOnly, .exclusiveCreate) { file throws(Errno) in
      try unsafe Self.withBuffer(count) { buffer throws(Errno) in
        let place = try Self.place(start)
        let written = unsafe pwrite(file.rawValue, buffer.baseAddress, count, place)
        guard written >= 0 else { throw Errno(rawValue: errno) }
        guard written == count, fsync(file.rawValue) == 0 else { throw Errno.ioError }
      }
    }
  }

  private static func place(_ start: Sectors) throws(Errno) -> off_t {
    guard let place = off_t(exactly: start.bytes.rawValue) else { throw .invalidArgument }
    return place
  }

  /// The node of the device: the path, or the one that the kernel makes for the number.
  private func node() throws(DmError) -> FilePath {
    switch self {
    case .path(let path): return FilePath(path)
    case .number(let device):
      guard let block = SysfsBlock(device) else {
        throw DmError(.notBlockDevice, device: .device(device))
      }
      return block.node
    }
  }

  /// Opens the device on a thread of its own, where it may take its time.
  private func onNode<Result: Sendable>(
    _ mode: FileDescriptor.AccessMode, _ options: FileDescriptor.OpenOptions,
    _ body: @escaping @Sendable (FileDescriptor) throws(Errno) -> Result
  ) async throws(DmError) -> Result {
    let (device, path) = (try resolved(), try node())
    return try await onOwnThread { () throws(DmError) in
      do {
        let direct = FileDescriptor.OpenOptions(rawValue: __O_DIRECT)
        let file = try FileDescriptor.open(
          path, mode, options: options.union([direct, .closeOnExec]))
        return try file.closeAfter {
          var status = stat()
          guard unsafe fstat(file.rawValue, &status) == 0,
            Device(deviceNumber: UInt64(status.st_rdev)) == device
          else { throw Errno.noSuchAddressOrDevice }
          return try body(file)
        }
      } catch {
        throw DmError(
          .refused, device: .device(device), errno: error as? Errno, context: .path(path))
      }
    }
  }

  /// Memory that I/O past the page cache takes, filled with zeroes.
  private static func withBuffer<Result>(
    _ count: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 4096)
    defer { unsafe buffer.deallocate() }
    unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
    return try unsafe body(buffer)
  }
}
