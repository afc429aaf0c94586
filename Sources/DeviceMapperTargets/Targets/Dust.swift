/// The parameters of `dust`: another device with bad blocks on demand, for tests.
///
/// Text: `DEVICE START BLOCK_SIZE`.
/// Kernel document: `admin-guide/device-mapper/dm-dust.rst` (kernel 5.2).
public struct DustTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = DustStatus
  /// A message to the target.
  public typealias Message = DustMessage

  /// The type of target.
  public static var targetType: TargetType { .dust }

  /// The block sizes that the kernel has, of which it takes the powers of 2.
  public static let blockSizes: ClosedRange<UInt32> = 512...1_073_741_824

  /// The device below.
  public var device: DeviceReference
  /// The first sector of the range on the device below.
  public var start: Sectors
  /// The size of a block, the unit in which messages count, in bytes.
  public let blockSize: UInt32

  /// Creates parameters from their fields; `blockSize` is in bytes.
  ///
  /// - Throws: ``ParameterError`` unless the block size is a power of 2 in ``blockSizes``.
  public init(
    device: DeviceReference, start: Sectors, blockSize: UInt32
  ) throws(ParameterError) {
    guard Self.blockSizes.contains(blockSize), blockSize.nonzeroBitCount == 1 else {
      throw ParameterError(
        Self.targetType, "block size", rule: "a power of 2 from 512 to 1073741824 bytes")
    }
    self.device = device
    self.start = start
    self.blockSize = blockSize
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let device = try fields.device("device")
    let start: Sectors = try fields.quantity("start")
    let blockSize: UInt32 = try fields.number("block size")
    try fields.end()
    do {
      try self.init(device: device, start: start, blockSize: blockSize)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like ``init(device:start:blockSize:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let device = try values.decode(DeviceReference.self, forKey: .device)
    let start = try values.decode(Sectors.self, forKey: .start)
    let blockSize = try values.decode(UInt32.self, forKey: .blockSize)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(device: device, start: start, blockSize: blockSize)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(device)
    text.quantity(start)
    text.number(blockSize)
  }

  /// Checks that a block isn't longer than the line.
  public func check(length: Sectors) throws(ParameterError) {
    guard UInt64(blockSize) / 512 <= length.rawValue else {
      throw ParameterError(Self.targetType, "length", rule: "a block or more")
    }
  }
}

/// The status of `dust`.
///
/// Text: `DEVICE MODE VERBOSITY`; early kernels may end before the last word.
public struct DustStatus: TargetStatus {
  /// What becomes of a read of a bad block.
  public enum Mode: Keyword {
    /// It is served, as if the block were good.
    case bypass
    /// It fails.
    case failReads

    /// The word in a status.
    public var keyword: StaticString {
      switch self {
      case .bypass: "bypass"
      case .failReads: "fail_read_on_bad_block"
      }
    }
  }

  /// Whether the kernel logs what becomes of bad blocks.
  public enum Verbosity: Keyword {
    /// It does.
    case verbose
    /// It doesn't.
    case quiet

    /// The word in a status.
    public var keyword: StaticString {
      switch self {
      case .verbose: "verbose"
      case .quiet: "quiet"
      }
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .dust }

  /// The device below.
  public var device: Device
  /// What becomes of a read of a bad block.
  public var mode: Mode
  /// Whether the kernel logs what becomes of bad blocks; `nil` where the status doesn't say.
  public var verbosity: Verbosity?
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    device: Device, mode: Mode, verbosity: Verbosity?, trailing: TargetText = TargetText()
  ) {
    self.device = device
    self.mode = mode
    self.verbosity = verbosity
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    device = try fields.deviceNumber("device")
    mode = try fields.keyword("mode")
    verbosity = fields.isAtEnd() ? nil : try fields.keyword("verbosity")
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(device)
    text.keyword(mode)
    if let verbosity { text.keyword(verbosity) }
    text.text(trailing)
  }
}

extension DustStatus {
  /// Degraded while reads of bad blocks fail; whether there are any, the status doesn't say.
  public var health: Health {
    mode == .failReads ? Health(.degraded, ["reads of bad blocks fail"]) : .healthy
  }
}
