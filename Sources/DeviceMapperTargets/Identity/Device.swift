/// A block device by its number: `major:minor`.
public struct Device: BitwiseCopyable, Hashable, Sendable {
  /// The number of the driver.
  public var major: UInt32
  /// The number of the device among those of its driver.
  public var minor: UInt32

  /// Creates a number from its halves.
  public init(major: UInt32, minor: UInt32) {
    self.major = major
    self.minor = minor
  }
}

/// The encodings of a device number.
extension Device {
  /// Decodes a C library's `dev_t` (64 bits), such as `st_rdev`.
  public init(deviceNumber: UInt64) {
    major = UInt32(
      truncatingIfNeeded: (deviceNumber >> 8 & 0xfff) | (deviceNumber >> 32 & 0xffff_f000))
    minor = UInt32(truncatingIfNeeded: (deviceNumber & 0xff) | (deviceNumber >> 12 & 0xffff_ff00))
  }

  /// The C library's `dev_t`, which holds every number: what `makedev` makes.
  public var deviceNumber: UInt64 {
    let (major, minor) = (UInt64(major), UInt64(minor))
    return (minor & 0xff) | (major & 0xfff) << 8 | (minor & 0xffff_ff00) << 12
      | (major & 0xffff_f000) << 32
  }

  /// Decodes the kernel's 32-bit encoding: 12 bits of major, 20 bits of minor.
  public init(kernelDeviceNumber: UInt32) {
    major = kernelDeviceNumber >> 8 & 0xfff
    minor = (kernelDeviceNumber & 0xff) | (kernelDeviceNumber >> 12 & 0xf_ff00)
  }

  /// The kernel's 32-bit encoding, or `nil` when the major number has more than 12 bits or the
  /// minor number more than 20.
  public var kernelDeviceNumber: UInt32? {
    guard major <= 0xfff, minor <= 0xf_ffff else { return nil }
    return (minor & 0xff) | major << 8 | (minor & 0xf_ff00) << 12
  }

  /// Decodes the kernel's "huge" encoding, `dev` in `struct dm_ioctl`: the 32-bit encoding in 64
  /// bits.
  ///
  /// The upper half is zero and not looked at, as in the kernel.
  public init(hugeDeviceNumber: UInt64) {
    self.init(kernelDeviceNumber: UInt32(truncatingIfNeeded: hugeDeviceNumber))
  }

  /// The kernel's "huge" encoding for `dev` in `struct dm_ioctl`, or `nil` where
  /// ``kernelDeviceNumber`` is.
  public var hugeDeviceNumber: UInt64? { kernelDeviceNumber.map(UInt64.init) }
}

extension Device: Comparable {
  /// Orders by the major number, then by the minor one.
  public static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

extension Device: LosslessStringConvertible {
  /// `major:minor` in decimal, as tables have it.
  public var description: String { "\(major):\(minor)" }

  /// Reads `major:minor`, both in decimal digits only, or returns `nil`.
  public init?(_ description: String) {
    let utf8 = description.utf8
    self.init(bytes: utf8.span)
  }

  /// Reads `major:minor`, both in decimal digits only, or returns `nil`.
  public init?(bytes: Span<UInt8>) {
    var major: UInt64?
    var number: UInt64 = 0
    var hasDigits = false
    for index in bytes.indices {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit < 10 {
        number = number * 10 + UInt64(digit)
        guard number <= UInt32.max else { return nil }
        hasDigits = true
      } else {
        guard bytes[index] == UInt8(ascii: ":"), hasDigits, major == nil else { return nil }
        major = number
        number = 0
        hasDigits = false
      }
    }
    guard let major, hasDigits else { return nil }
    self.init(major: UInt32(major), minor: UInt32(number))
  }
}

extension Device: Codable {
  /// Reads a `major:minor` string.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let device = Device(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is not major:minor")
    }
    self = device
  }

  /// Writes a `major:minor` string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
