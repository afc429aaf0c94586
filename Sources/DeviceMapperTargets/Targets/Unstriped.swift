/// The parameters of `unstriped`: one stripe of a striped device, such as an SSD made of two.
///
/// Text: `COUNT CHUNK STRIPE DEVICE START`.
/// Kernel document: `admin-guide/device-mapper/unstriped.rst` (kernel 4.16).
public struct UnstripedTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = UnstripedStatus

  /// The type of target.
  public static var targetType: TargetType { .unstriped }

  /// The chunk sizes that the kernel has.
  public static let chunkSizes: ClosedRange<Sectors> = 1...4_294_967_295

  /// The number of stripes of the device below.
  public let stripeCount: UInt32
  /// How much of one stripe is used before the next one's turn.
  public let chunkSize: Sectors
  /// The stripe that this target is, counted from 0.
  public let stripe: UInt32
  /// The device below.
  public var device: DeviceReference
  /// The first sector of the stripes on the device below.
  public var start: Sectors

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if there is no such stripe, some of which kernels accept, or the
  ///   chunk size isn't in ``chunkSizes``.
  public init(
    stripeCount: UInt32, chunkSize: Sectors, stripe: UInt32, device: DeviceReference,
    start: Sectors
  ) throws(ParameterError) {
    guard stripe < stripeCount else {
      throw ParameterError(Self.targetType, "stripe", rule: "less than the number of stripes")
    }
    guard Self.chunkSizes.contains(chunkSize) else {
      throw ParameterError(Self.targetType, "chunk size", rule: "1 to 4294967295 sectors")
    }
    self.stripeCount = stripeCount
    self.chunkSize = chunkSize
    self.stripe = stripe
    self.device = device
    self.start = start
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let count: UInt32 = try fields.number("number of stripes")
    let chunk: Sectors = try fields.quantity("chunk size")
    let stripe: UInt32 = try fields.number("stripe")
    let device = try fields.device("device")
    let start: Sectors = try fields.quantity("start")
    try fields.end()
    do {
      try self.init(
        stripeCount: count, chunkSize: chunk, stripe: stripe, device: device, start: start)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like the initialiser that takes them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let count = try values.decode(UInt32.self, forKey: .stripeCount)
    let chunk = try values.decode(Sectors.self, forKey: .chunkSize)
    let stripe = try values.decode(UInt32.self, forKey: .stripe)
    let device = try values.decode(DeviceReference.self, forKey: .device)
    let start = try values.decode(Sectors.self, forKey: .start)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(stripeCount: count, chunkSize: chunk, stripe: stripe, device: device, start: start)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.number(stripeCount)
    text.quantity(chunkSize)
    text.number(stripe)
    text.device(device)
    text.quantity(start)
  }

  /// Checks that the line is a whole number of chunks long.
  public func check(length: Sectors) throws(ParameterError) {
    guard length.rawValue.isMultiple(of: chunkSize.rawValue) else {
      throw ParameterError(Self.targetType, "length", rule: "a multiple of the chunk size")
    }
  }
}

/// The status of `unstriped`, which has no fields.
///
/// The kernel doesn't even end the text: what a request's buffer held comes back as the status.
/// Whoever asks with a buffer of zeroes gets an empty one.
public struct UnstripedStatus: FieldlessStatus {
  /// The type of target.
  public static var targetType: TargetType { .unstriped }

  /// Fields that a later kernel added, or what the request's buffer held.
  public var trailing: TargetText

  /// Creates the status from what stands in it.
  public init(trailing: TargetText) { self.trailing = trailing }
}
