import CLibDeviceMapper
import Glibc
import SystemPackage

/// The system calls that there must be, and hardly anything else: messages are written where the kernel
/// reads them, and of the replies only the list of regions is looked at, byte by byte for its rows.
final class RawSide: Side {
  let name = "raw"
  private let file: ExtentFile
  private let control: FileDescriptor
  private let message: UnsafeMutableRawBufferPointer
  private let listing: UnsafeMutableRawBufferPointer
  private let extents: UnsafeMutableRawBufferPointer
  private var regions: [(start: UInt64, length: UInt64)] = []

  init(_ file: ExtentFile) throws {
    self.file = file
    control = try FileDescriptor.open("/dev/mapper/control", .readWrite)
    message = .allocate(byteCount: 4096, alignment: 8)
    listing = .allocate(byteCount: 8 << 20, alignment: 8)
    extents = .allocate(byteCount: 32 + 1024 * 56, alignment: 8)
  }

  deinit {
    try? control.close()
    for buffer in [message, listing, extents] { buffer.deallocate() }
  }

  func create() throws {
    try readExtents()
    try createRegions(from: 0)
    try writeTag()
  }

  func list() throws {
    let size = 4096 + regions.count * 40
    let buffer = UnsafeMutableRawBufferPointer(rebasing: listing[..<size])
    var text = Text(buffer)
    text.append("@stats_list dmstats")
    let reply = try send(text)
    var rows = 0
    for byte in reply where byte == UInt8(ascii: "\n") { rows += 1 }
    guard rows >= regions.count - 1 else { throw Failed("\(rows) rows") }
  }

  func report() throws {
    for index in regions.indices { try send("@stats_print_clear ", index) }
  }

  func sum() throws { try report() }

  func update() throws {
    let before = regions.count
    try readExtents()
    try list()
    try createRegions(from: before)
    try writeTag()
  }

  func delete() throws {
    for index in regions.indices.dropFirst() { try send("@stats_delete ", index) }
    try send("@stats_delete ", 0)
  }

  private func createRegions(from first: Int) throws {
    for region in regions[first...] {
      var text = Text(message)
      text.append("@stats_create ")
      text.append(region.start)
      text.append("+")
      text.append(region.length)
      text.append(" ")
      text.append(region.length)
      text.append(" 0 dmstats -")
      try send(text)
    }
  }

  private func writeTag() throws {
    try send("@stats_set_aux 0 DMS_GROUP=f:0-", regions.count - 1, "#-")
  }

  private func send(_ before: StaticString, _ number: Int, _ behind: StaticString = "") throws {
    var text = Text(message)
    text.append(before)
    text.append(UInt64(number))
    text.append(behind)
    try send(text)
  }

  /// Sends a message, and returns the reply.
  @discardableResult
  private func send(_ text: Text) throws -> Slice<UnsafeMutableRawBufferPointer> {
    let buffer = text.buffer
    var head = dm_ioctl()
    head.version.0 = 4
    head.data_size = UInt32(buffer.count)
    head.data_start = UInt32(Text.header)
    head.dev = file.device
    buffer.storeBytes(of: head, as: dm_ioctl.self)
    buffer.storeBytes(of: 0, toByteOffset: Text.header, as: UInt64.self)
    buffer[text.end] = 0
    // _IOWR(0xfd, DM_TARGET_MSG, struct dm_ioctl)
    let request = 3 << 30 as UInt | UInt(Text.header) << 16 | 0xfd << 8 | 14
    guard let start = buffer.baseAddress, ioctl(control.rawValue, request, start) == 0 else {
      throw Failed("DM_TARGET_MSG", Errno(rawValue: errno))
    }
    head = buffer.load(as: dm_ioctl.self)
    if head.flags & 1 << 8 != 0 { throw Failed("buffer full") }
    return buffer[min(Int(head.data_start), Int(head.data_size))..<Int(head.data_size)]
  }

  private func readExtents() throws {
    regions.removeAll(keepingCapacity: true)
    var start: UInt64 = 0
    while true {
      var head = fiemap()
      head.fm_start = start
      head.fm_length = .max - start
      head.fm_flags = start == 0 ? UInt32(FIEMAP_FLAG_SYNC) : 0
      head.fm_extent_count = 1024
      extents.storeBytes(of: head, as: fiemap.self)
      // _IOWR('f', 11, struct fiemap)
      let request = 3 << 30 as UInt | UInt(MemoryLayout<fiemap>.size) << 16 | 0x66 << 8 | 11
      guard let memory = extents.baseAddress,
        ioctl(file.descriptor.rawValue, request, memory) == 0
      else {
        throw Failed("FS_IOC_FIEMAP", Errno(rawValue: errno))
      }
      let count = Int(extents.load(as: fiemap.self).fm_mapped_extents)
      for index in 0..<count {
        let extent = extents.load(
          fromByteOffset: MemoryLayout<fiemap>.size + index * MemoryLayout<fiemap_extent>.stride,
          as: fiemap_extent.self)
        regions.append((extent.fe_physical / 512, extent.fe_length / 512))
        start = extent.fe_logical + extent.fe_length
      }
      if count < 1024 { return }
    }
  }

  /// The text of a message, written where the kernel reads it.
  private struct Text {
    static let header = MemoryLayout<dm_ioctl>.size

    let buffer: UnsafeMutableRawBufferPointer
    var end = header + 8

    init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

    mutating func append(_ text: StaticString) {
      for index in 0..<text.utf8CodeUnitCount { buffer[end + index] = text.utf8Start[index] }
      end += text.utf8CodeUnitCount
    }

    mutating func append(_ number: UInt64) {
      var (rest, count) = (number / 10, 1)
      while rest > 0 { (rest, count) = (rest / 10, count + 1) }
      end += count
      rest = number
      for index in 1...count {
        buffer[end - index] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
    }
  }
}
