/// The parameters of `striped`: ranges of several devices, a chunk of each in turn.
///
/// Text: `COUNT CHUNK (DEVICE START)…`.
/// Kernel document: `admin-guide/device-mapper/striped.rst`.
public struct StripedTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = StripedStatus

  /// A range of a device below.
  public struct Stripe: Hashable, Sendable, Codable {
    /// The device below.
    public var device: DeviceReference
    /// The first sector of the range on the device below.
    public var start: Sectors

    /// Creates a stripe from its parts.
    public init(device: DeviceReference, start: Sectors) {
      self.device = device
      self.start = start
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .striped }

  /// The chunk sizes that the kernel has.
  public static let chunkSizes: ClosedRange<Sectors> = 1...4_294_967_295

  /// How much of one stripe is used before the next one's turn.
  public let chunkSize: Sectors
  /// The stripes, in order.
  public let stripes: [Stripe]

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if there is no stripe or the chunk size isn't in ``chunkSizes``.
  public init(chunkSize: Sectors, stripes: [Stripe]) throws(ParameterError) {
    guard !stripes.isEmpty else {
      throw ParameterError(Self.targetType, "number of stripes", rule: "1 or more")
    }
    guard Self.chunkSizes.contains(chunkSize) else {
      throw ParameterError(
        Self.targetType, "chunk size", rule: "1 to 4294967295 sectors")
    }
    self.chunkSize = chunkSize
    self.stripes = stripes
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let count: UInt32 = try fields.number("number of stripes", in: 1...UInt32.max)
    let chunk: Sectors = try fields.quantity("chunk size", in: Self.chunkSizes)
    var stripes: [Stripe] = []
    for _ in 0..<count {
      let device = try fields.device("device")
      stripes.append(Stripe(device: device, start: try fields.quantity("start")))
    }
    try fields.end()
    do { try self.init(chunkSize: chunk, stripes: stripes) } catch { throw fields.rejected(error) }
  }

  /// Decodes the fields and checks them like ``init(chunkSize:stripes:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let chunkSize = try values.decode(Sectors.self, forKey: .chunkSize)
    let stripes = try values.decode([Stripe].self, forKey: .stripes)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(chunkSize: chunkSize, stripes: stripes)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.number(UInt(stripes.count))
    text.quantity(chunkSize)
    for stripe in stripes {
      text.device(stripe.device)
      text.quantity(stripe.start)
    }
  }

  /// Checks that each stripe is a whole number of chunks long.
  public func check(length: Sectors) throws(ParameterError) {
    let (share, rest) = length.rawValue.quotientAndRemainder(dividingBy: UInt64(stripes.count))
    guard rest == 0, share.isMultiple(of: chunkSize.rawValue) else {
      throw ParameterError(
        Self.targetType, "length",
        rule: "divisible by the number of stripes, and the quotient by the chunk size")
    }
  }
}
