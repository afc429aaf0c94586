/// The parameters of `thin`: a volume whose space comes from a thin pool as it is written.
///
/// Text: `POOL ID [ORIGIN]`.
/// Kernel document: `admin-guide/device-mapper/thin-provisioning.rst`.
public struct ThinTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = ThinStatus

  /// The type of target.
  public static var targetType: TargetType { .thin }

  /// The thin pool, an active device.
  public let pool: DeviceReference
  /// The volume's number in the pool.
  public var thinId: ThinDevId
  /// A read-only device of which the volume is a snapshot: what is read where nothing was written.
  public let externalOrigin: DeviceReference?

  /// Creates parameters from their fields.
  ///
  /// - Throws: ``ParameterError`` if the pool is to be its own volume's origin.
  public init(
    pool: DeviceReference, thinId: ThinDevId, externalOrigin: DeviceReference? = nil
  ) throws(ParameterError) {
    if externalOrigin == pool {
      throw ParameterError(Self.targetType, "external origin", rule: "another device than the pool")
    }
    self.pool = pool
    self.thinId = thinId
    self.externalOrigin = externalOrigin
  }

  /// Creates parameters of a volume without external origin.
  public init(pool: DeviceReference, thinId: ThinDevId) {
    self.pool = pool
    self.thinId = thinId
    externalOrigin = nil
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let pool = try fields.device("pool")
    let id = try fields.thinDevId("thin device id")
    let origin = fields.isAtEnd() ? nil : try fields.device("external origin")
    try fields.end()
    do {
      try self.init(pool: pool, thinId: id, externalOrigin: origin)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like ``init(pool:thinId:externalOrigin:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let pool = try values.decode(DeviceReference.self, forKey: .pool)
    let thinId = try values.decode(ThinDevId.self, forKey: .thinId)
    let origin = try values.decodeIfPresent(DeviceReference.self, forKey: .externalOrigin)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(pool: pool, thinId: thinId, externalOrigin: origin)
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(pool)
    text.number(thinId.rawValue)
    if let externalOrigin { text.device(externalOrigin) }
  }
}

extension FieldScanner {
  /// Reads the number of a thin device in its pool.
  fileprivate mutating func thinDevId(
    _ field: StaticString
  ) throws(ParseError) -> ThinDevId {
    let range = 0...ThinDevId.maximum.rawValue
    let start = self
    let number: UInt32 = try number(field, in: range)
    do throws(IdentifierError) {
      return try ThinDevId(number)
    } catch {
      throw start.missing(field, expected: error.description)
    }
  }
}

/// What the kernel prints as a `thin` table: the parameters, unless it has none to print.
///
/// The two other forms tell of trouble and can't be loaded; ``ThinTargetParams`` refuses them.
public enum ThinTable: TargetParams {
  /// The status of the target.
  public typealias Status = ThinStatus

  /// The type of target.
  public static var targetType: TargetType { .thin }

  /// The parameters.
  case params(ThinTargetParams)
  /// `Fail`: the pool has failed.
  case fail
  /// `-`: the volume isn't open in the pool, as before the first resume.
  case unavailable

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    if fields.skip("Fail") {
      self = .fail
    } else if fields.skip("-") {
      self = .unavailable
    } else {
      self = .params(try ThinTargetParams(fields: &fields))
      return
    }
    try fields.end()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    switch self {
    case .params(let params): params.write(to: &text)
    case .fail: text.word("Fail")
    case .unavailable: text.word("-")
    }
  }
}

/// A stable form in JSON: the fields beside a `state` of `params`, `fail` or `unavailable`.
extension ThinTable {
  private enum State: Keyword {
    case params, fail, unavailable

    var keyword: StaticString {
      switch self {
      case .params: "params"
      case .fail: "fail"
      case .unavailable: "unavailable"
      }
    }
  }

  /// Decodes the state and the parameters, if there are any.
  public init(from decoder: any Decoder) throws {
    switch try StateKey.decode(from: decoder) as State {
    case .params: self = .params(try ThinTargetParams(from: decoder))
    case .fail: self = .fail
    case .unavailable: self = .unavailable
    }
  }

  /// Encodes the state and the parameters, if there are any.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .params(let params):
      try StateKey.encode(State.params, to: encoder)
      try params.encode(to: encoder)
    case .fail: try StateKey.encode(State.fail, to: encoder)
    case .unavailable: try StateKey.encode(State.unavailable, to: encoder)
    }
  }
}
