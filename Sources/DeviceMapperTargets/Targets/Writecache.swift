/// The parameters of `writecache`: a device with a cache for writes on persistent memory or an SSD.
///
/// Text: `KIND ORIGIN CACHE BLOCK COUNT OPTION…`.
/// Kernel document: `admin-guide/device-mapper/writecache.rst` (kernel 4.18).
public struct WritecacheTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = WritecacheStatus
  /// A message to the target.
  public typealias Message = WritecacheMessage

  /// What the cache device is.
  public enum Kind: Keyword {
    /// Persistent memory with DAX.
    case persistentMemory
    /// Any block device.
    case ssd

    /// The word in a table.
    public var keyword: StaticString {
      switch self {
      case .persistentMemory: "p"
      case .ssd: "s"
      }
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .writecache }

  /// The smallest block size, in bytes; the greatest is the size of a page.
  public static let minimumBlockSize: UInt32 = 512

  /// What the cache device is.
  public let kind: Kind
  /// The device below.
  public var originDevice: DeviceReference
  /// The device that holds the cache.
  public var cacheDevice: DeviceReference
  /// The size of a block, in bytes.
  public let blockSize: UInt32
  /// How the cache differs from the default.
  public let options: WritecacheOptions

  /// Creates parameters from their fields; `blockSize` is in bytes.
  ///
  /// - Throws: ``ParameterError`` unless the block size is a power of 2 of at least
  ///   ``minimumBlockSize``, and if the use of FUA is set for an SSD.
  public init(
    kind: Kind, originDevice: DeviceReference, cacheDevice: DeviceReference,
    blockSize: UInt32 = 4096, options: WritecacheOptions = WritecacheOptions()
  ) throws(ParameterError) {
    guard blockSize >= Self.minimumBlockSize, blockSize.nonzeroBitCount == 1 else {
      throw ParameterError(
        Self.targetType, "block size", rule: "a power of 2 from 512 bytes to the size of a page")
    }
    guard kind == .persistentMemory || options.usesFUA == nil else {
      throw ParameterError(Self.targetType, "fua", rule: "left out unless the cache is memory")
    }
    self.kind = kind
    self.originDevice = originDevice
    self.cacheDevice = cacheDevice
    self.blockSize = blockSize
    self.options = options
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let kind: Kind = try fields.keyword("kind", ignoringCase: true)
    let origin = try fields.device("origin device")
    let cache = try fields.device("cache device")
    let blockSize: UInt32 = try fields.number("block size")
    let options = try WritecacheOptions(fields: &fields)
    do {
      try self.init(
        kind: kind, originDevice: origin, cacheDevice: cache, blockSize: blockSize,
        options: options)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let kind = try values.decode(Kind.self, forKey: .kind)
    let origin = try values.decode(DeviceReference.self, forKey: .originDevice)
    let cache = try values.decode(DeviceReference.self, forKey: .cacheDevice)
    let blockSize = try values.decode(UInt32.self, forKey: .blockSize)
    let options = try values.decode(WritecacheOptions.self, forKey: .options)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(
        kind: kind, originDevice: origin, cacheDevice: cache, blockSize: blockSize,
        options: options)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.keyword(kind)
    text.device(originDevice)
    text.device(cacheDevice)
    text.number(blockSize)
    options.write(to: &text)
  }
}
