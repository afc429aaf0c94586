import CDeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage

/// Reads a file's extents in large batches: `FS_IOC_FIEMAP`, kernel document
/// `filesystems/fiemap.rst`.
enum FiemapReader {
  /// A batch takes 56 KiB, of which the kernel writes only what it fills.
  private static let batch = 1024

  /// `_IOWR('f', 11, struct fiemap)`.
  private static let request =
    3 << 30 as UInt | UInt(MemoryLayout<fiemap>.size) << 16 | 0x66 << 8 | 11

  /// Hands all extents to `body`, and in front of each batch their number to `prepare`.
  ///
  /// Data in memory is written by the first batch only: once is enough, and each time costs the
  /// file's users.
  static func read(
    _ file: FileDescriptor, flushing: Bool, prepare: (Int) -> Void,
    _ body: (Extent) throws(StatsError) -> Void
  ) throws(StatsError) {
    let header = MemoryLayout<fiemap>.size
    let size = MemoryLayout<fiemap_extent>.stride
    // Not an array: the kernel fills the memory, and zeroing it first would be most of the work for
    // a file with few extents.
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: header + batch * size, alignment: 8)
    defer { unsafe buffer.deallocate() }
    var start: UInt64 = 0
    var isFirst = true
    while true {
      var head = fiemap()
      head.fm_start = start
      head.fm_length = .max - start
      head.fm_flags = flushing && isFirst ? UInt32(FIEMAP_FLAG_SYNC) : 0
      head.fm_extent_count = UInt32(batch)
      isFirst = false
      unsafe buffer.storeBytes(of: head, as: fiemap.self)
      try unsafe map(file, buffer)
      let count = min(Int(unsafe buffer.load(as: fiemap.self).fm_mapped_extents), batch)
      prepare(count)
      var next = start
      for index in 0..<count {
        let found = unsafe buffer.load(
          fromByteOffset: header + index * size, as: fiemap_extent.self)
        if let extent = try extent(found) { try body(extent) }
        if found.fe_flags & UInt32(FIEMAP_EXTENT_LAST) != 0 { return }
        next = found.fe_logical &+ found.fe_length
      }
      // Behind the last extent there may be a hole, and no extent with the flag.
      if count == 0 || next <= start { return }
      start = next
    }
  }

  private static func map(
    _ file: FileDescriptor, _ buffer: UnsafeMutableRawBufferPointer
  ) throws(StatsError) {
    while true {
      guard let address = buffer.baseAddress else { return }
      if unsafe ioctl(file.rawValue, request, address) >= 0 { return }
      switch Errno(rawValue: errno) {
      case .interrupted: continue
      case .notSupported, .inappropriateIOCTLForDevice:
        throw StatsError(.noPhysicalExtents, errno: Errno(rawValue: errno))
      case let error: throw StatsError(.file, errno: error)
      }
    }
  }

  /// Makes sure that an extent holds the file's data and nothing else; `nil` for an empty one.
  private static func extent(_ found: fiemap_extent) throws(StatsError) -> Extent? {
    let flags = ExtentFlags(rawValue: found.fe_flags)
    if flags.isDisjoint(with: [.unknown, .delayedAllocation]) {
      if !flags.isDisjoint(with: [.inline, .packedTail, .encoded, .notAligned]) {
        throw StatsError(.notPlainData, context: .extent(reason(flags)))
      }
      guard found.fe_physical.isMultiple(of: 512), found.fe_length.isMultiple(of: 512) else {
        throw StatsError(.notPlainData, context: .extent("no whole sectors"))
      }
    }
    if found.fe_length == 0 { return nil }
    let (_, overflow) = found.fe_physical.addingReportingOverflow(found.fe_length)
    if overflow {
      throw StatsError(.noPhysicalExtents, context: .extent("behind the device's end"))
    }
    return Extent(
      fileOffset: Sectors(rawValue: found.fe_logical / 512),
      range: SectorRange(
        start: Sectors(rawValue: found.fe_physical / 512),
        length: Sectors(rawValue: found.fe_length / 512)),
      flags: flags)
  }

  /// Why an extent with these flags doesn't hold the file's data and nothing else.
  private static func reason(_ flags: ExtentFlags) -> String {
    if flags.contains(.inline) { return "inline data" }
    if flags.contains(.packedTail) { return "a block shared with other files" }
    return flags.contains(.encoded) ? "encoded data" : "no whole blocks"
  }
}
