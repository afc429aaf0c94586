/// How blocks of a `verity` device can be repaired: by a Reed-Solomon code on a device.
public struct VerityErrorCorrection: Hashable, Sendable, Codable {
  /// The numbers of parity bytes that the kernel has.
  public static let rootCounts: ClosedRange<UInt32> = 2...24

  /// The device that holds the code; it may be one of the others.
  public var device: DeviceReference
  /// The number of blocks that the code is for: the data, the tree and what else lies with them.
  public var blocks: DataBlocks
  /// The block of the code's device at which the code begins, in blocks of data.
  public var start: DataBlocks
  /// The number of parity bytes in 255, which repair half as many.
  public let roots: UInt32

  /// Creates a correction.
  ///
  /// - Throws: ``ParameterError`` if the number of parity bytes is none that the kernel has.
  public init(
    device: DeviceReference, blocks: DataBlocks, start: DataBlocks, roots: UInt32
  ) throws(ParameterError) {
    guard Self.rootCounts.contains(roots) else {
      throw ParameterError(.verity, "fec_roots", rule: "from 2 to 24")
    }
    self.device = device
    self.blocks = blocks
    self.start = start
    self.roots = roots
  }

  /// Decodes the fields and checks them like ``init(device:blocks:start:roots:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let device = try values.decode(DeviceReference.self, forKey: .device)
    let blocks = try values.decode(DataBlocks.self, forKey: .blocks)
    let start = try values.decode(DataBlocks.self, forKey: .start)
    let roots = try values.decode(UInt32.self, forKey: .roots)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(device: device, blocks: blocks, start: start, roots: roots)
    }
  }

  func write(to text: inout TextWriter) {
    text.word("use_fec_from_device")
    text.device(device)
    text.pair("fec_blocks", blocks.rawValue)
    text.pair("fec_start", start.rawValue)
    text.pair("fec_roots", roots)
  }

  /// A correction whose parts come in any order.
  struct Draft {
    private var device: DeviceReference?
    private var blocks: DataBlocks?
    private var start: DataBlocks?
    private var roots: UInt32?

    /// Reads the value of an option, or returns `false` when the option is none of these.
    mutating func read(
      _ word: borrowing Word, _ fields: inout FieldScanner
    ) throws(ParseError) -> Bool {
      if word.isEqualIgnoringCase("use_fec_from_device") {
        device = try fields.device("fec device")
      } else if word.isEqualIgnoringCase("fec_blocks") {
        blocks = try fields.quantity("fec blocks") as DataBlocks
      } else if word.isEqualIgnoringCase("fec_start") {
        start = try fields.quantity("fec start") as DataBlocks
      } else if word.isEqualIgnoringCase("fec_roots") {
        let roots: UInt32 = try fields.number("fec roots", in: rootCounts)
        self.roots = roots
      } else {
        return false
      }
      return true
    }

    /// The correction, or `nil` when none of its parts was there.
    func finish(_ fields: borrowing FieldScanner) throws(ParseError) -> VerityErrorCorrection? {
      if device == nil, blocks == nil, start == nil, roots == nil { return nil }
      guard let device, let blocks, let roots else {
        throw fields.rejected(
          ParameterError(
            .verity, "error correction",
            rule: "complete: use_fec_from_device, fec_blocks and fec_roots"))
      }
      do {
        return try VerityErrorCorrection(
          device: device, blocks: blocks, start: start ?? 0, roots: roots)
      } catch {
        throw fields.rejected(error)
      }
    }
  }
}
