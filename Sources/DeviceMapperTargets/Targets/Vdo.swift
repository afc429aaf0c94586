/// The parameters of `vdo`: a device whose data is deduplicated and compressed.
///
/// Text: `V4 DEVICE BLOCKS MINIMUM_IO CACHE ERA [KEY VALUE]…`, or that of an earlier
/// ``VdoTableVersion``. Kernel document: `admin-guide/device-mapper/vdo.rst` (kernel 6.9).
public struct VdoTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = VdoStatus
  /// A message to the target.
  public typealias Message = VdoMessage

  /// The type of target.
  public static var targetType: TargetType { .vdo }

  /// The eras that the kernel has.
  public static let blockMapEras: ClosedRange<UInt32> = 1...16_380
  /// How large the cache of the block map must be for each thread for logical space.
  public static let cachePerLogicalThread: VdoBlocks = 4096
  /// The greatest length of a line: 4 PiB.
  public static let maximumLength: Sectors = 8_796_093_022_208

  /// The version of the line.
  public let version: VdoTableVersion
  /// The device that holds data and metadata.
  public var device: DeviceReference
  /// The size of the device as it is to be used; `nil` in version 0, where it is the whole.
  public let physicalBlocks: VdoBlocks?
  /// The smallest request that is served, in bytes: 512 or, better, 4096.
  public let minimumIOSize: UInt32
  /// The size of the cache of the block map.
  public let blockMapCache: VdoBlocks
  /// How many eras a changed page of the block map stays in the cache at most.
  public let blockMapEra: UInt32
  /// Threads, deduplication and so on.
  public let options: VdoOptions
  /// Words of earlier versions that kernels read over, in order.
  public let ignoredWords: [TargetWord]

  /// Creates parameters of version 4 from their fields; `minimumIOSize` is in bytes.
  ///
  /// - Throws: ``ParameterError`` with the first rule that is broken.
  public init(
    device: DeviceReference, physicalBlocks: VdoBlocks, minimumIOSize: UInt32 = 4096,
    blockMapCache: VdoBlocks = 32_768, blockMapEra: UInt32 = 16_380,
    options: VdoOptions = VdoOptions()
  ) throws(ParameterError) {
    try self.init(
      version: .v4, device: device, physicalBlocks: physicalBlocks, minimumIOSize: minimumIOSize,
      blockMapCache: blockMapCache, blockMapEra: blockMapEra, options: options, ignoredWords: [])
  }

  /// Creates parameters of any version from their fields; `minimumIOSize` is in bytes.
  ///
  /// - Throws: ``ParameterError`` with the first rule that is broken.
  public init(
    version: VdoTableVersion, device: DeviceReference, physicalBlocks: VdoBlocks?,
    minimumIOSize: UInt32, blockMapCache: VdoBlocks, blockMapEra: UInt32, options: VdoOptions,
    ignoredWords: [TargetWord]
  ) throws(ParameterError) {
    self.version = version
    self.device = device
    self.physicalBlocks = physicalBlocks
    self.minimumIOSize = minimumIOSize
    self.blockMapCache = blockMapCache
    self.blockMapEra = blockMapEra
    self.options = options
    self.ignoredWords = ignoredWords
    try check()
  }

  private func check() throws(ParameterError) {
    func require(_ holds: Bool, _ field: String, _ rule: String) throws(ParameterError) {
      if !holds { throw ParameterError(Self.targetType, field, rule: rule) }
    }
    try require(
      (physicalBlocks == nil) == (version == .v0), "physical blocks", "left out in V0 only")
    try require(minimumIOSize == 512 || minimumIOSize == 4096, "minimum I/O size", "512 or 4096")
    try require(
      Self.blockMapEras.contains(blockMapEra), "block map era", "from 1 to 16380")
    let needed = UInt64(options.logicalThreads ?? 0) * Self.cachePerLogicalThread.rawValue
    try require(
      max(1, needed)...UInt64(UInt32.max) ~= blockMapCache.rawValue, "block map cache",
      "not zero, and 4096 blocks or more for each logical thread")
    try require(
      ignoredWords.count == version.ignoredWordCount, "ignored words",
      "as many as the version has")
    try require(
      !version.hasThreadWord || options.setsThreadsOnly, "options", "threads in V0 and V1")
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    version = try values.decode(VdoTableVersion.self, forKey: .version)
    device = try values.decode(DeviceReference.self, forKey: .device)
    physicalBlocks = try values.decodeIfPresent(VdoBlocks.self, forKey: .physicalBlocks)
    minimumIOSize = try values.decode(UInt32.self, forKey: .minimumIOSize)
    blockMapCache = try values.decode(VdoBlocks.self, forKey: .blockMapCache)
    blockMapEra = try values.decode(UInt32.self, forKey: .blockMapEra)
    options = try values.decode(VdoOptions.self, forKey: .options)
    ignoredWords = try values.decode([TargetWord].self, forKey: .ignoredWords)
    let params = self
    try decoder.checked { () throws(ParameterError) in try params.check() }
  }

  /// Checks that the line is a whole number of blocks long and not longer than ``maximumLength``.
  public func check(length: Sectors) throws(ParameterError) {
    guard length.rawValue.isMultiple(of: 8), length <= Self.maximumLength else {
      throw ParameterError(
        Self.targetType, "length", rule: "a multiple of 8 sectors up to 8796093022208")
    }
  }
}

extension VdoTargetParams {
  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let version = try Self.readVersion(&fields)
    let device = try fields.device("device")
    let blocks: VdoBlocks? = version == .v0 ? nil : try fields.quantity("physical blocks")
    let minimumIOSize: UInt32 = try fields.number("minimum I/O size")
    var ignored: [TargetWord] = []
    for _ in 0..<version.leadingIgnoredWordCount {
      ignored.append(try fields.openWord("read cache"))
    }
    let cache: VdoBlocks = try fields.quantity("block map cache")
    let era: UInt32 = try fields.number("block map era")
    while ignored.count < version.ignoredWordCount {
      ignored.append(try fields.openWord("ignored word"))
    }
    let options = try VdoOptions(fields: &fields, inOneWord: version.hasThreadWord)
    do {
      try self.init(
        version: version, device: device, physicalBlocks: blocks, minimumIOSize: minimumIOSize,
        blockMapCache: cache, blockMapEra: era, options: options, ignoredWords: ignored)
    } catch {
      throw fields.rejected(error)
    }
  }

  private static func readVersion(
    _ fields: inout FieldScanner
  ) throws(ParseError) -> VdoTableVersion {
    guard let word = fields.peek(), let digits = word.dropping("V"), digits.bytes.isDecimal else {
      return .v0
    }
    _ = fields.nextWord()
    for version in VdoTableVersion.allCases.dropFirst() where word == version.keyword {
      return version
    }
    throw fields.unexpected(word, "version", expected: "V1 to V4", reason: .unknownWord)
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    if version != .v0 { text.keyword(version) }
    text.device(device)
    if let physicalBlocks { text.quantity(physicalBlocks) }
    text.number(minimumIOSize)
    let leading = version.leadingIgnoredWordCount
    for word in ignoredWords.prefix(leading) { text.openWord(word) }
    text.quantity(blockMapCache)
    text.number(blockMapEra)
    for word in ignoredWords.dropFirst(leading) { text.openWord(word) }
    options.write(to: &text, inOneWord: version.hasThreadWord)
  }
}
