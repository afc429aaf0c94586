/// The parameters of `raid`: an array of the `md` drivers.
///
/// Text: `TYPE COUNT CHUNK [OPTION…] COUNT (METADATA DATA)…`, with `-` for what isn't there.
/// Kernel document: `admin-guide/device-mapper/dm-raid.rst`.
public struct RaidTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = RaidStatus
  /// A message to the target.
  public typealias Message = RaidMessage

  /// A device of the array.
  public struct Member: Hashable, Sendable, Codable {
    /// The device that holds the superblock and the write-intent bitmap, if there is one.
    public var metadata: DeviceReference?
    /// The device that holds the data.
    public var data: DeviceReference

    /// Creates a device of an array.
    public init(metadata: DeviceReference?, data: DeviceReference) {
      self.metadata = metadata
      self.data = data
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .raid }

  /// The numbers of devices that the kernel has.
  public static let deviceCounts: ClosedRange<Int> = 1...253
  /// The chunk sizes that the kernel has, powers of two; RAID 1 has any, and doesn't use it.
  public static let chunkSizes: ClosedRange<Sectors> = 8...0x4000_0000
  /// The smallest data offset but zero: four pages of 4 KiB.
  public static let minimumDataOffset: Sectors = 32

  /// The level and layout.
  public let type: RaidType
  /// How much of one device is used before the next one's turn; kernels print 0 for RAID 1.
  public let chunkSize: Sectors
  /// How the array differs from the default.
  public let options: RaidOptions
  /// The devices in order, with `nil` for one that is missing.
  public let devices: [Member?]

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` with the rule of the kernel that they break.
  public init(
    type: RaidType, chunkSize: Sectors, options: RaidOptions = RaidOptions(), devices: [Member?]
  ) throws(ParameterError) {
    guard Self.deviceCounts.contains(devices.count),
      devices.count >= type.level.minimumDevices
    else {
      throw ParameterError(
        Self.targetType, "number of devices",
        rule: "from \(type.level.minimumDevices) to 253 with \(type)")
    }
    let isValid = chunkSize.rawValue.isPowerOfTwo && Self.chunkSizes.contains(chunkSize)
    guard isValid || type.level == .raid1 && chunkSize <= 0x7fff_ffff else {
      throw ParameterError(Self.targetType, "chunk size", rule: "a power of two from 8 sectors on")
    }
    try options.check(for: type, chunkSize: chunkSize, devices: devices)
    self.type = type
    self.chunkSize = chunkSize
    self.options = options
    self.devices = devices
  }

  /// Decodes the fields and checks them like ``init(type:chunkSize:options:devices:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let type = try values.decode(RaidType.self, forKey: .type)
    let chunkSize = try values.decode(Sectors.self, forKey: .chunkSize)
    let options = try values.decode(RaidOptions.self, forKey: .options)
    let devices = try values.decode([Member?].self, forKey: .devices)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(type: type, chunkSize: chunkSize, options: options, devices: devices)
    }
  }

  /// Checks that each device has the same share, and that the write-intent bitmap has few enough
  /// bits, and one at least.
  public func check(length: Sectors) throws(ParameterError) {
    guard hasEqualShares(of: length) else {
      throw ParameterError(
        Self.targetType, "length", rule: "divisible by the number of devices with different data")
    }
    guard let region = options.regionSize, region != 0 else { return }
    guard region <= length, region >= length / (1 << 21) else {
      throw ParameterError(
        Self.targetType, "region_size", rule: "from 1/2097152 of the length to all of it")
    }
  }
}

extension RaidTargetParams {
  /// Whether the devices have equal shares of a length; while some are added or removed, the length
  /// is that of before or that of afterwards.
  private func hasEqualShares(of length: Sectors) -> Bool {
    guard options.deltaDisks ?? 0 == 0 else { return true }
    switch type.level {
    case .raid1: return true
    case .raid10:
      let (sum, overflow) = length.rawValue.multipliedReportingOverflow(
        by: UInt64(options.raid10Copies ?? 2))
      return !overflow && sum.isMultiple(of: UInt64(devices.count))
    case .raid0, .raid4, .raid5, .raid6:
      return length.rawValue.isMultiple(of: UInt64(devices.count - type.level.parityDevices))
    }
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let type: RaidType = try fields.keyword("raid type", ignoringCase: true)
    let count: UInt32 = try fields.number("parameter count", in: 1...UInt32.max)
    var part = try fields.words(count, "parameter count")
    let chunk: Sectors = try part.quantity("chunk size")
    var options = RaidOptions()
    var number: UInt32?
    while !part.isAtEnd() {
      if type.level == .raid10, let surplus = Self.deviceCount(in: part, before: fields) {
        // The kernel counts `raid10_use_near_sets` and doesn't print it.
        options.usesNearSets = true
        number = surplus
        break
      }
      try options.read(&part)
    }
    options.rebuild.sort()
    options.writeMostly.sort()
    let total: UInt32
    if let number { total = number } else { total = try fields.number("number of devices") }
    var devices: [Member?] = []
    for _ in 0..<total { devices.append(try Self.member(&fields)) }
    try fields.end()
    do {
      try self.init(type: type, chunkSize: chunk, options: options, devices: devices)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// The number of devices, if that is the last word of `part` and twice as many words follow.
  private static func deviceCount(in part: FieldScanner, before fields: FieldScanner) -> UInt32? {
    var (part, fields) = (part, fields)
    guard let word = part.nextWord(), part.isAtEnd(),
      let count = word.bytes.decimal(as: UInt32.self), count <= deviceCounts.upperBound,
      fields.wordsLeft(upTo: 2 * Int(count) + 1) == 2 * Int(count)
    else { return nil }
    return count
  }

  private static func member(_ fields: inout FieldScanner) throws(ParseError) -> Member? {
    let metadata = fields.skip("-") ? nil : try fields.device("metadata device")
    if metadata == nil, fields.skip("-") { return nil }
    return Member(metadata: metadata, data: try fields.device("data device"))
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.keyword(type)
    text.group { text in
      text.quantity(chunkSize)
      options.write(to: &text)
    }
    text.number(UInt(devices.count))
    for device in devices {
      if let metadata = device?.metadata { text.device(metadata) } else { text.word("-") }
      if let device { text.device(device.data) } else { text.word("-") }
    }
  }
}
