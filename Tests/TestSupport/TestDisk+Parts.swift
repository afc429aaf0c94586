public import DeviceMapper
public import DeviceMapperTargets
public import SystemPackage

extension TestDisk {
  /// Cuts the disk into devices of these lengths, which begin with zeroes.
  public func cut(
    _ dm: DM, from start: Sectors = 0, _ parts: KeyValuePairs<String, Sectors>
  ) async throws -> [LinearDev] {
    var devices: [LinearDev] = []
    var start = start
    for (suffix, length) in parts {
      let params = LinearTargetParams(device: .number(device), start: start)
      let part = try await LinearDev.create(
        dm, .test(suffix), .linear(params), length: length, options: .privateDevice)
      try part.fill(0)
      devices.append(part)
      start += length
    }
    return devices
  }
}

extension DmDevice<LinearDevTargetParams> {
  /// Creates a device of one line.
  static func create(
    _ dm: DM, _ name: DmName, _ params: LinearDevTargetParams, length: Sectors, options: DmOptions
  ) async throws -> LinearDev {
    try await create(
      dm, name, table: TargetTable(length: length, params), options: options)
  }

  /// Makes every request to the device fail, without waiting for those under way.
  public func shatter() async throws {
    let length = try size()
    try dm.tableLoad(id, TargetTable(length: length, AnyTarget.error(ErrorTargetParams())))
    try await suspend(options: DmOptions(flags: .noFlush))
    try await resume(options: .privateDevice)
  }
}

extension DmDevice {
  /// The device as a table names it.
  public var reference: DeviceReference { get throws { .number(try device()) } }

  /// Overwrites a part of the device with a byte, past the page cache.
  public func fill(_ byte: UInt8, at offset: Int = 0, count: Int = 65536) throws {
    try devnode().fill(byte, at: offset, count: count)
  }

  /// What a part of the device holds, read past the page cache.
  public func bytes(at offset: Int = 0, count: Int = 4096) throws -> [UInt8] {
    try devnode().bytes(at: offset, count: count)
  }
}

extension FilePath {
  /// Overwrites a part of a block device with a byte, past the page cache.
  public func fill(_ byte: UInt8, at offset: Int = 0, count: Int = 65536) throws {
    try unsafe direct(.writeOnly, count) { file, buffer in
      unsafe buffer.initializeMemory(as: UInt8.self, repeating: byte)
      try unsafe file.writeAll(toAbsoluteOffset: Int64(offset), UnsafeRawBufferPointer(buffer))
    }
  }

  /// What a part of a block device holds, read past the page cache.
  public func bytes(at offset: Int = 0, count: Int = 4096) throws -> [UInt8] {
    try unsafe direct(.readOnly, count) { file, buffer in
      let count = try unsafe file.read(fromAbsoluteOffset: Int64(offset), into: buffer)
      return unsafe [UInt8](buffer.prefix(count))
    }
  }

  private func direct<Result>(
    _ mode: FileDescriptor.AccessMode, _ count: Int,
    _ body: (FileDescriptor, UnsafeMutableRawBufferPointer) throws -> Result
  ) throws -> Result {
    let direct = FileDescriptor.OpenOptions(rawValue: 0o40000)
    let file = try FileDescriptor.open(self, mode, options: [.closeOnExec, direct])
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 4096)
    defer { unsafe buffer.deallocate() }
    return try file.closeAfter { try unsafe body(file, buffer) }
  }
}
