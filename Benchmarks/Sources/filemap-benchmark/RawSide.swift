import CLibDeviceMapper
import Glibc
import SystemPackage

/// The system calls that there must be, and nothing else: no reply is read further than needed.
final class RawSide: Side {
  let name = "raw"
  private let file: ExtentFile
  private let control: FileDescriptor
  private let message: UnsafeMutableRawBufferPointer
  private let listing: UnsafeMutableRawBufferPointer
  private let extents: UnsafeMutableRawBufferPointer
  private var regions: [String] = []

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
    regions = try ranges()
    for range in regions { try send("@stats_create \(range) 0 dmstats -") }
    try send("@stats_set_aux 0 DMS_GROUP=f:0-\(regions.count - 1)#-")
  }

  func list() throws {
    let size = 4096 + regions.count * 40
    try send("@stats_list dmstats", UnsafeMutableRawBufferPointer(rebasing: listing[..<size]))
  }

  func report() throws {
    for index in regions.indices { try send("@stats_print_clear \(index)") }
  }

  func update() throws {
    let now = try ranges()
    try list()
    for range in now[regions.count...] { try send("@stats_create \(range) 0 dmstats -") }
    regions = now
    try send("@stats_set_aux 0 DMS_GROUP=f:0-\(regions.count - 1)#-")
  }

  func delete() throws {
    for index in regions.indices.dropFirst() { try send("@stats_delete \(index)") }
    try send("@stats_delete 0")
  }

  private func send(_ text: String, _ buffer: UnsafeMutableRawBufferPointer? = nil) throws {
    let buffer = buffer ?? message
    let header = MemoryLayout<dm_ioctl>.size
    var head = dm_ioctl()
    head.version.0 = 4
    head.data_size = UInt32(buffer.count)
    head.data_start = UInt32(header)
    head.dev = file.device
    buffer.storeBytes(of: head, as: dm_ioctl.self)
    buffer.storeBytes(of: 0, toByteOffset: header, as: UInt64.self)
    var text = text
    text.withUTF8 { bytes in
      UnsafeMutableRawBufferPointer(rebasing: buffer[(header + 8)...]).copyBytes(from: bytes)
      buffer[header + 8 + bytes.count] = 0
    }
    // _IOWR(0xfd, DM_TARGET_MSG, struct dm_ioctl)
    let request = 3 << 30 as UInt | UInt(header) << 16 | 0xfd << 8 | 14
    guard let start = buffer.baseAddress, ioctl(control.rawValue, request, start) == 0 else {
      throw Failed("DM_TARGET_MSG", Errno(rawValue: errno))
    }
    if buffer.load(as: dm_ioctl.self).flags & 1 << 8 != 0 { throw Failed("buffer full") }
  }

  /// The file's extents as ranges with their length as step.
  private func ranges() throws -> [String] {
    var result: [String] = []
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
        result.append(
          "\(extent.fe_physical / 512)+\(extent.fe_length / 512) \(extent.fe_length / 512)")
        start = extent.fe_logical + extent.fe_length
      }
      if count < 1024 { return result }
    }
  }
}
