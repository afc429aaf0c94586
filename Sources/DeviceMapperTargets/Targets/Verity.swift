/// The parameters of `verity`: a device of which each block that is read is checked against a tree of
/// digests, whose root is trusted.
///
/// Text: `VERSION DATA HASH DATA_BLOCK HASH_BLOCK BLOCKS START ALGORITHM DIGEST SALT
/// [COUNT OPTION…]`. The table must be loaded as read only.
/// Kernel document: `admin-guide/device-mapper/verity.rst`.
public struct VerityTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = VerityStatus

  /// How digests stand in the tree.
  public enum Version: Keyword {
    /// The format of Chromium OS: the salt behind the data, digests without gaps.
    case chromiumOS
    /// The usual format: the salt before the data, digests filled up to powers of two.
    case normal

    /// The number in a table.
    public var keyword: StaticString {
      switch self {
      case .chromiumOS: "0"
      case .normal: "1"
      }
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .verity }

  /// The smallest block of data or digests; the greatest is what a page of memory has.
  public static let minimumBlockSize: Bytes = 512

  /// How digests stand in the tree.
  public var version: Version
  /// The device that is read.
  public var dataDevice: DeviceReference
  /// The device that holds the tree; it may be the same one.
  public var hashDevice: DeviceReference
  /// The size of a block of data.
  public let dataBlockSize: Bytes
  /// The size of a block of the tree.
  public let hashBlockSize: Bytes
  /// The number of blocks of data.
  public var dataBlocks: DataBlocks
  /// The block of the tree's device at which the tree begins.
  public var hashStart: HashBlocks
  /// The digest, as the kernel's crypto interface calls it, such as `sha256`.
  public var algorithm: TargetWord
  /// The root of the tree.
  public var rootDigest: HexBytes
  /// The salt of the digests, `nil` for none.
  public var salt: HexBytes?
  /// How the device differs from the default.
  public var options: VerityOptions

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if a block size is no power of two from 512 bytes on, or an error
  ///   correction is for blocks of two sizes or for fewer than there are.
  public init(
    version: Version = .normal, dataDevice: DeviceReference, hashDevice: DeviceReference,
    dataBlockSize: Bytes = 4096, hashBlockSize: Bytes = 4096, dataBlocks: DataBlocks,
    hashStart: HashBlocks, algorithm: TargetWord = "sha256", rootDigest: HexBytes, salt: HexBytes?,
    options: VerityOptions = VerityOptions()
  ) throws(ParameterError) {
    for size in [dataBlockSize, hashBlockSize] {
      guard size >= Self.minimumBlockSize, size <= 0x8000_0000,
        UInt64(size.rawValue).isPowerOfTwo
      else {
        throw ParameterError(
          Self.targetType, "block size", rule: "a power of two from 512 bytes on")
      }
    }
    self.version = version
    self.dataDevice = dataDevice
    self.hashDevice = hashDevice
    self.dataBlockSize = dataBlockSize
    self.hashBlockSize = hashBlockSize
    self.dataBlocks = dataBlocks
    self.hashStart = hashStart
    self.algorithm = algorithm
    self.rootDigest = rootDigest
    self.salt = salt
    self.options = options
    try checkErrorCorrection()
  }

  /// Checks what kernels demand of the blocks that a correction is for.
  private func checkErrorCorrection() throws(ParameterError) {
    guard let correction = options.errorCorrection else { return }
    guard dataBlockSize == hashBlockSize else {
      throw ParameterError(
        Self.targetType, "error correction", rule: "used with blocks of one size")
    }
    let (blocks, overflows) = dataBlocks.rawValue.addingReportingOverflow(treeBlocks)
    guard !overflows, correction.blocks.rawValue >= blocks else {
      throw ParameterError(
        Self.targetType, "fec_blocks", rule: "those of the data and of the tree or more")
    }
  }

  /// The number of blocks that the tree takes.
  private var treeBlocks: UInt64 {
    // As many digests as fit into a block, rounded down to a power of two, lead to it from below.
    let digests = UInt64(hashBlockSize.rawValue) / UInt64(rootDigest.bytes.count)
    var (sum, level): (UInt64, UInt64) = (0, dataBlocks.rawValue)
    guard digests > 1 else { return 0 }
    let shift = 63 - digests.leadingZeroBitCount
    while level > 1 {
      level = (level - 1) >> UInt64(shift) + 1
      sum += level
    }
    return sum
  }

  /// Checks that there are blocks of data for all of the length, and that an error correction, which may
  /// have been replaced, is for all blocks.
  public func check(length: Sectors) throws(ParameterError) {
    try checkErrorCorrection()
    let size = dataBlockSize.multipliedChecked(by: dataBlocks.rawValue) ?? .max
    guard length.bytes <= size else {
      throw ParameterError(
        Self.targetType, "length", rule: "that of the blocks of data or shorter")
    }
  }
}

extension VerityTargetParams {
  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let version: Version = try fields.keyword("version")
    let data = try fields.device("data device")
    let hash = try fields.device("hash device")
    let dataSize: UInt64 = try fields.number("data block size")
    let hashSize: UInt64 = try fields.number("hash block size")
    let blocks: DataBlocks = try fields.quantity("data blocks")
    let start: HashBlocks = try fields.quantity("hash start")
    let algorithm = try fields.openWord("algorithm", expected: "the name of a digest")
    let root = try fields.hexBytes("root digest")
    let salt = fields.skip("-") ? nil : try fields.hexBytes("salt")
    let options = try VerityOptions(fields: &fields)
    try fields.end()
    do {
      try self.init(
        version: version, dataDevice: data, hashDevice: hash, dataBlockSize: Bytes(dataSize),
        hashBlockSize: Bytes(hashSize), dataBlocks: blocks, hashStart: start,
        algorithm: algorithm, rootDigest: root, salt: salt, options: options)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let version = try values.decode(Version.self, forKey: .version)
    let data = try values.decode(DeviceReference.self, forKey: .dataDevice)
    let hash = try values.decode(DeviceReference.self, forKey: .hashDevice)
    let dataSize = try values.decode(Bytes.self, forKey: .dataBlockSize)
    let hashSize = try values.decode(Bytes.self, forKey: .hashBlockSize)
    let blocks = try values.decode(DataBlocks.self, forKey: .dataBlocks)
    let start = try values.decode(HashBlocks.self, forKey: .hashStart)
    let algorithm = try values.decode(TargetWord.self, forKey: .algorithm)
    let root = try values.decode(HexBytes.self, forKey: .rootDigest)
    let salt = try values.decodeIfPresent(HexBytes.self, forKey: .salt)
    let options = try values.decode(VerityOptions.self, forKey: .options)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        version: version, dataDevice: data, hashDevice: hash, dataBlockSize: dataSize,
        hashBlockSize: hashSize, dataBlocks: blocks, hashStart: start, algorithm: algorithm,
        rootDigest: root, salt: salt, options: options)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.keyword(version)
    text.device(dataDevice)
    text.device(hashDevice)
    text.number(dataBlockSize.rawValue)
    text.number(hashBlockSize.rawValue)
    text.quantity(dataBlocks)
    text.quantity(hashStart)
    text.openWord(algorithm)
    text.text(rootDigest.description)
    text.text(salt?.description ?? "-")
    options.write(to: &text)
  }
}
