public import DeviceMapper

/// Builds a reply of the kernel by hand, field by field, as `linux/dm-ioctl.h` has it.
public struct ReplyBuilder {
  /// The reply so far.
  public private(set) var bytes = [UInt8](repeating: 0, count: 312)

  /// Begins a reply without data.
  public init(version: (UInt32, UInt32, UInt32) = (4, 50, 0), flags: DmFlags = []) {
    put(version.0, at: 0)
    put(version.1, at: 4)
    put(version.2, at: 8)
    put(UInt32(312), at: 16)
    put(flags.rawValue, at: 28)
  }

  /// Overwrites bytes with a number in the machine's byte order.
  public mutating func put(_ number: some FixedWidthInteger, at offset: Int) {
    for index in 0..<number.bitWidth / 8 {
      bytes[offset + index] = UInt8(truncatingIfNeeded: number >> (8 * index))
    }
  }

  private mutating func append(_ number: some FixedWidthInteger) {
    let offset = bytes.count
    bytes += [UInt8](repeating: 0, count: number.bitWidth / 8)
    put(number, at: offset)
  }

  private mutating func append(string: [UInt8]) { bytes += string + [0] }

  private mutating func align() { while bytes.count % 8 != 0 { bytes.append(0) } }

  /// The reply with its length in the header.
  public var finished: [UInt8] {
    var reply = self
    reply.put(UInt32(bytes.count), at: 12)
    return reply.bytes
  }

  /// Fills in the fields of the header that describe a device.
  public mutating func device(
    _ number: UInt64, name: String, uuid: String, openCount: Int32 = 0, eventNumber: UInt32 = 0
  ) {
    put(openCount, at: 24)
    put(eventNumber, at: 32)
    put(number, at: 40)
    for (index, byte) in name.utf8.enumerated() { bytes[48 + index] = byte }
    for (index, byte) in uuid.utf8.enumerated() { bytes[176 + index] = byte }
  }

  /// Appends the records of `DM_LIST_DEVICES`; without event numbers as kernels before 4.14 do.
  public mutating func list(
    _ devices: [(name: [UInt8], number: UInt64, eventNumber: UInt32?, uuid: String?)]
  ) {
    for (index, device) in devices.enumerated() {
      let start = bytes.count
      append(device.number)
      append(UInt32(0))
      append(string: device.name)
      if let eventNumber = device.eventNumber {
        align()
        append(eventNumber)
        append(UInt32(device.uuid == nil ? 2 : 1))
        if let uuid = device.uuid { append(string: Array(uuid.utf8)) }
      }
      align()
      if index + 1 < devices.count { put(UInt32(bytes.count - start), at: start + 8) }
    }
    // An empty list is a record whose device number is zero.
    if devices.isEmpty { append(UInt64(0)) }
  }

  /// Appends the lines of `DM_TABLE_STATUS`.
  public mutating func lines(_ lines: [(UInt64, UInt64, String, String)]) {
    put(UInt32(lines.count), at: 20)
    let first = bytes.count
    for (start, length, type, text) in lines {
      let offset = bytes.count
      append(start)
      append(length)
      append(UInt32(0))
      append(UInt32(0))
      bytes += Array(type.utf8) + [UInt8](repeating: 0, count: 16 - type.utf8.count)
      append(string: Array(text.utf8))
      align()
      put(UInt32(bytes.count - first), at: offset + 20)
    }
  }

  /// Appends the records of `DM_LIST_VERSIONS`.
  public mutating func versions(_ versions: [(String, UInt32, UInt32, UInt32)]) {
    for (index, (name, major, minor, patch)) in versions.enumerated() {
      let start = bytes.count
      append(UInt32(0))
      append(major)
      append(minor)
      append(patch)
      append(string: Array(name.utf8))
      align()
      if index + 1 < versions.count { put(UInt32(bytes.count - start), at: start) }
    }
  }

  /// Appends the device numbers of `DM_TABLE_DEPS`.
  public mutating func dependencies(_ numbers: [UInt64]) {
    append(UInt32(numbers.count))
    append(UInt32(0))
    for number in numbers { append(number) }
  }

  /// Appends the reply to a message.
  public mutating func message(_ text: String) { append(string: Array(text.utf8)) }
}
