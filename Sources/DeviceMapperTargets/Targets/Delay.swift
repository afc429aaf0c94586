/// The parameters of `delay`: another device, later.
///
/// Text: `DEVICE START MILLISECONDS`, up to three times: for reads, for writes, for flushes.
/// Kernel document: `admin-guide/device-mapper/delay.rst`.
public struct DelayTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = DelayStatus

  /// Where requests of a class go, and when.
  public struct Route: Hashable, Sendable, Codable {
    /// The device below.
    public var device: DeviceReference
    /// The first sector of the range on the device below.
    public var start: Sectors
    /// How long a request waits, in milliseconds.
    public var delay: UInt32

    /// Creates a route from its parts; `delay` is in milliseconds.
    public init(device: DeviceReference, start: Sectors, delay: UInt32) {
      self.device = device
      self.start = start
      self.delay = delay
    }

    init(fields: inout FieldScanner) throws(ParseError) {
      device = try fields.device("device")
      start = try fields.quantity("start")
      delay = try fields.number("delay")
    }

    func write(to text: inout TextWriter) {
      text.device(device)
      text.quantity(start)
      text.number(delay)
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .delay }

  /// The route of reads, and of all that has none of its own.
  public let read: Route
  /// The route of writes; `nil` for that of reads.
  public let write: Route?
  /// The route of flushes; `nil` for that of writes (target version 1.2).
  public let flush: Route?

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if there is a route for flushes and none for writes, which the
  ///   text can't say.
  public init(read: Route, write: Route? = nil, flush: Route? = nil) throws(ParameterError) {
    if write == nil, flush != nil {
      throw ParameterError(
        Self.targetType, "route of writes", rule: "given where that of flushes is")
    }
    self.read = read
    self.write = write
    self.flush = flush
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    read = try Route(fields: &fields)
    write = fields.isAtEnd() ? nil : try Route(fields: &fields)
    flush = fields.isAtEnd() ? nil : try Route(fields: &fields)
    try fields.end()
  }

  /// Decodes the fields and checks them like ``init(read:write:flush:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let read = try values.decode(Route.self, forKey: .read)
    let write = try values.decodeIfPresent(Route.self, forKey: .write)
    let flush = try values.decodeIfPresent(Route.self, forKey: .flush)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(read: read, write: write, flush: flush)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    read.write(to: &text)
    write?.write(to: &text)
    flush?.write(to: &text)
  }
}

extension DelayTargetParams {
  /// The route that writes take.
  public var writeInEffect: Route { write ?? read }
  /// The route that flushes take.
  public var flushInEffect: Route { flush ?? writeInEffect }
}

/// The status of `delay`: how many requests wait at present.
///
/// Text: `READS WRITES FLUSHES`.
public struct DelayStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .delay }

  /// The reads that wait.
  public var reads: UInt32
  /// The writes that wait.
  public var writes: UInt32
  /// The flushes that wait; `nil` before target version 1.2, which counts them as writes.
  public var flushes: UInt32?
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    reads: UInt32, writes: UInt32, flushes: UInt32?, trailing: TargetText = TargetText()
  ) {
    self.reads = reads
    self.writes = writes
    self.flushes = flushes
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    reads = try fields.number("reads")
    writes = try fields.number("writes")
    flushes = fields.isAtEnd() ? nil : try fields.number("flushes")
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.number(reads)
    text.number(writes)
    if let flushes { text.number(flushes) }
    text.text(trailing)
  }
}
