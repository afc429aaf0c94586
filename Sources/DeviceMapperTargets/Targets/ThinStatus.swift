/// The status of `thin`.
///
/// Text: `MAPPED HIGHEST`, or `Fail`, `Error` or `-`.
/// Kernel document: `admin-guide/device-mapper/thin-provisioning.rst`.
public enum ThinStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .thin }

  /// The volume works.
  case working(ThinDevWorkingStatus)
  /// The kernel couldn't read the pool's metadata to report on the volume.
  case error
  /// The pool has failed: neither reads nor writes are served.
  case fail
  /// The volume isn't open in the pool, as before the first resume.
  case unavailable

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    if fields.skip("Fail") {
      self = .fail
    } else if fields.skip("Error") {
      self = .error
    } else if fields.skip("-") {
      self = .unavailable
    } else {
      self = .working(try ThinDevWorkingStatus(fields: &fields))
      return
    }
    try fields.end()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    switch self {
    case .working(let status): status.write(to: &text)
    case .error: text.word("Error")
    case .fail: text.word("Fail")
    case .unavailable: text.word("-")
    }
  }
}

extension ThinStatus {
  /// Failed for `Fail`, `Error` and `-`; a volume has no other troubles of its own.
  public var health: Health {
    switch self {
    case .working: .healthy
    case .error: Health(.failed, ["metadata can't be read"])
    case .fail: Health(.failed, ["pool failed"])
    case .unavailable: Health(.failed, ["not open in the pool"])
    }
  }
}

/// A stable form in JSON: the fields beside a `state` of `working`, `error`, `fail` or
/// `unavailable`.
extension ThinStatus {
  private enum State: Keyword {
    case working, error, fail, unavailable

    var keyword: StaticString {
      switch self {
      case .working: "working"
      case .error: "error"
      case .fail: "fail"
      case .unavailable: "unavailable"
      }
    }
  }

  private var state: State {
    switch self {
    case .working: .working
    case .error: .error
    case .fail: .fail
    case .unavailable: .unavailable
    }
  }

  /// Decodes the state and, of a volume that works, its figures.
  public init(from decoder: any Decoder) throws {
    switch try StateKey.decode(from: decoder) as State {
    case .working: self = .working(try ThinDevWorkingStatus(from: decoder))
    case .error: self = .error
    case .fail: self = .fail
    case .unavailable: self = .unavailable
    }
  }

  /// Encodes the state and, of a volume that works, its figures.
  public func encode(to encoder: any Encoder) throws {
    try StateKey.encode(state, to: encoder)
    if case .working(let status) = self { try status.encode(to: encoder) }
  }
}

/// The figures of a thin volume that works.
public struct ThinDevWorkingStatus: Hashable, Sendable, Codable {
  /// How much of the pool the volume uses, shared blocks included; whole blocks of the pool.
  ///
  /// This may be more than the length of the device, which can be active with a shorter table than
  /// it was written with.
  public var mappedSectors: Sectors
  /// The last sector that has space in the pool; `nil` when none has.
  public var highestMappedSector: Sectors?
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    mappedSectors: Sectors, highestMappedSector: Sectors?, trailing: TargetText = TargetText()
  ) {
    self.mappedSectors = mappedSectors
    self.highestMappedSector = highestMappedSector
    self.trailing = trailing
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    mappedSectors = try fields.quantity("mapped sectors")
    highestMappedSector = fields.skip("-") ? nil : try fields.quantity("highest mapped sector")
    trailing = fields.remainder()
  }

  func write(to text: inout TextWriter) {
    text.quantity(mappedSectors)
    if let highestMappedSector { text.quantity(highestMappedSector) } else { text.word("-") }
    text.text(trailing)
  }

  /// The part of a device of `length` that has space in the pool, from 0 to 1.
  public func fraction(ofLength length: Sectors) -> Double {
    Usage(used: mappedSectors, total: length).fraction
  }
}
