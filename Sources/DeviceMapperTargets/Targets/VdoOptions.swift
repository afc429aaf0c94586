/// How a `vdo` works, the last part of its table line; what is `nil` is left to the kernel.
public struct VdoOptions: Hashable, Sendable {
  /// A key and a number or word that this version doesn't know.
  public struct Pair: Hashable, Sendable, Codable {
    /// The key.
    public var key: TargetWord
    /// The value.
    public var value: TargetWord

    /// Creates a pair from its parts.
    public init(key: TargetWord, value: TargetWord) {
      self.key = key
      self.value = value
    }
  }

  /// The greatest discard that the kernel has: 2^32 - 1 bytes, rounded down.
  public static let greatestMaximumDiscard: VdoBlocks = 1_048_575
  /// The sizes of a slab that the kernel has; all are powers of two.
  public static let slabSizes: ClosedRange<VdoBlocks> = 8192...8_388_608

  /// The threads that complete requests, up to 100; by default 1.
  public internal(set) var acknowledgeThreads: UInt32?
  /// The threads that send requests to the device below, 1 to 100; by default 4.
  public internal(set) var bioThreads: UInt32?
  /// After how many requests the next of those threads has its turn, 1 to 1024; by default 64.
  public internal(set) var bioRotationInterval: UInt32?
  /// The threads that hash and compress, 1 to 100; by default 1.
  public internal(set) var cpuThreads: UInt32?
  /// The threads that compare data, up to 100; by default none.
  public internal(set) var hashThreads: UInt32?
  /// The threads for parts of the logical space, up to 60; by default none.
  public internal(set) var logicalThreads: UInt32?
  /// The threads for parts of the device below, up to 16; by default none.
  public internal(set) var physicalThreads: UInt32?
  /// The longest discard that is taken in one piece; by default 1 block.
  public internal(set) var maximumDiscard: VdoBlocks?
  /// Whether equal blocks are stored once; by default so.
  public internal(set) var deduplicates: Bool?
  /// Whether blocks are compressed; by default not.
  public internal(set) var compresses: Bool?
  /// The memory for the index, when the device is formatted (target version 9.2).
  public internal(set) var indexMemory: VdoIndexMemory?
  /// Whether the index is sparse, when the device is formatted (target version 9.2).
  public internal(set) var hasSparseIndex: Bool?
  /// The size of a slab, the unit in which the device grows, when it is formatted (target version
  /// 9.2).
  public internal(set) var slabSize: VdoBlocks?
  /// Pairs that this version doesn't know, in order; under such keys, kernels take numbers up to 100.
  public internal(set) var unknown: [Pair] = []

  /// Creates options that leave everything to the kernel.
  public init() {}

  /// Creates options, each of which is left to the kernel by default.
  ///
  /// - Throws: ``ParameterError`` if a number is outside of its range, or one of the threads for
  ///   hashes, logical and physical space is zero and another isn't.
  public init(
    acknowledgeThreads: UInt32? = nil, bioThreads: UInt32? = nil,
    bioRotationInterval: UInt32? = nil, cpuThreads: UInt32? = nil, hashThreads: UInt32? = nil,
    logicalThreads: UInt32? = nil, physicalThreads: UInt32? = nil,
    maximumDiscard: VdoBlocks? = nil, deduplicates: Bool? = nil, compresses: Bool? = nil,
    indexMemory: VdoIndexMemory? = nil, hasSparseIndex: Bool? = nil, slabSize: VdoBlocks? = nil,
    unknown: [Pair] = []
  ) throws(ParameterError) {
    self.acknowledgeThreads = acknowledgeThreads
    self.bioThreads = bioThreads
    self.bioRotationInterval = bioRotationInterval
    self.cpuThreads = cpuThreads
    self.hashThreads = hashThreads
    self.logicalThreads = logicalThreads
    self.physicalThreads = physicalThreads
    self.maximumDiscard = maximumDiscard
    self.deduplicates = deduplicates
    self.compresses = compresses
    self.indexMemory = indexMemory
    self.hasSparseIndex = hasSparseIndex
    self.slabSize = slabSize
    self.unknown = unknown
    try check()
  }

  func check() throws(ParameterError) {
    func require(_ holds: Bool, _ field: String, _ rule: String) throws(ParameterError) {
      if !holds { throw ParameterError(.vdo, field, rule: rule) }
    }
    try require(acknowledgeThreads ?? 0 <= 100, "acknowledge threads", "at most 100")
    try require(1...100 ~= bioThreads ?? 1, "bio threads", "from 1 to 100")
    try require(1...1024 ~= bioRotationInterval ?? 1, "bio rotation interval", "from 1 to 1024")
    try require(1...100 ~= cpuThreads ?? 1, "cpu threads", "from 1 to 100")
    try require(hashThreads ?? 0 <= 100, "hash threads", "at most 100")
    try require(logicalThreads ?? 0 <= 60, "logical threads", "at most 60")
    try require(physicalThreads ?? 0 <= 16, "physical threads", "at most 16")
    let zones = [hashThreads, logicalThreads, physicalThreads].map { $0 ?? 0 > 0 }
    try require(
      zones == [true, true, true] || zones == [false, false, false],
      "hash, logical and physical threads", "all zero or all more than that")
    try require(
      1...Self.greatestMaximumDiscard ~= maximumDiscard ?? 1, "maximum discard",
      "from 1 to 1048575 blocks")
    let slabSize = slabSize ?? Self.slabSizes.lowerBound
    try require(
      slabSize.rawValue.isPowerOfTwo && Self.slabSizes.contains(slabSize), "slab size",
      "a power of 2 from 8192 to 8388608 blocks")
  }

  /// Whether nothing is set that tables before version 2 can't say.
  var setsThreadsOnly: Bool {
    maximumDiscard == nil && deduplicates == nil && compresses == nil && indexMemory == nil
      && hasSparseIndex == nil && slabSize == nil
      && unknown.allSatisfy { pair in
        pair.value.bytes.isDecimal && pair.key.bytes.firstIndex(of: UInt8(ascii: "=")) == nil
          && pair.key.bytes.firstIndex(of: UInt8(ascii: ",")) == nil
      }
  }
}

extension VdoOptions: Codable {
  /// Decodes the options and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    acknowledgeThreads = try values.decodeIfPresent(UInt32.self, forKey: .acknowledgeThreads)
    bioThreads = try values.decodeIfPresent(UInt32.self, forKey: .bioThreads)
    bioRotationInterval = try values.decodeIfPresent(UInt32.self, forKey: .bioRotationInterval)
    cpuThreads = try values.decodeIfPresent(UInt32.self, forKey: .cpuThreads)
    hashThreads = try values.decodeIfPresent(UInt32.self, forKey: .hashThreads)
    logicalThreads = try values.decodeIfPresent(UInt32.self, forKey: .logicalThreads)
    physicalThreads = try values.decodeIfPresent(UInt32.self, forKey: .physicalThreads)
    maximumDiscard = try values.decodeIfPresent(VdoBlocks.self, forKey: .maximumDiscard)
    deduplicates = try values.decodeIfPresent(Bool.self, forKey: .deduplicates)
    compresses = try values.decodeIfPresent(Bool.self, forKey: .compresses)
    indexMemory = try values.decodeIfPresent(VdoIndexMemory.self, forKey: .indexMemory)
    hasSparseIndex = try values.decodeIfPresent(Bool.self, forKey: .hasSparseIndex)
    slabSize = try values.decodeIfPresent(VdoBlocks.self, forKey: .slabSize)
    unknown = try values.decode([Pair].self, forKey: .unknown)
    let options = self
    try decoder.checked { () throws(ParameterError) in try options.check() }
  }
}
