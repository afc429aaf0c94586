/// The status of `striped`.
///
/// Text: `COUNT DEVICE… 1 LETTERS`, a letter a stripe. Kernel code: `drivers/md/dm-stripe.c`.
public struct StripedStatus: TargetStatus {
  /// Whether a stripe had an error.
  public enum State: Keyword {
    /// No request to the stripe failed so far.
    case alive
    /// A request to the stripe failed; that stays until the table is loaded again.
    case dead

    /// The word in JSON.
    public var keyword: StaticString {
      switch self {
      case .alive: "alive"
      case .dead: "dead"
      }
    }

    fileprivate var letter: UInt8 {
      switch self {
      case .alive: UInt8(ascii: "A")
      case .dead: UInt8(ascii: "D")
      }
    }
  }

  /// The status of one stripe.
  public struct Stripe: Hashable, Sendable, Codable {
    /// The device below.
    public var device: Device
    /// Whether the stripe had an error.
    public var state: State

    /// Creates the status of a stripe.
    public init(device: Device, state: State) {
      self.device = device
      self.state = state
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .striped }

  /// The stripes, in order.
  public var stripes: [Stripe]
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(stripes: [Stripe], trailing: TargetText = TargetText()) {
    self.stripes = stripes
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    let count: UInt32 = try fields.number("number of stripes")
    stripes = []
    for _ in 0..<count {
      stripes.append(Stripe(device: try fields.deviceNumber("device"), state: .alive))
    }
    // One group of letters, for all stripes.
    let _: UInt32 = try fields.number("number of groups", in: 1...1)
    let word = try fields.word("states", expected: "A or D for each stripe")
    guard word.bytes.count == stripes.count else {
      throw fields.unexpected(word, "states", expected: "A or D for each stripe")
    }
    for index in word.bytes.indices {
      switch word.bytes[index] {
      case State.alive.letter: break
      case State.dead.letter: stripes[index].state = .dead
      default:
        throw fields.unexpected(
          word, "states", expected: "A or D for each stripe", reason: .unknownWord)
      }
    }
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.number(UInt(stripes.count))
    for stripe in stripes { text.device(stripe.device) }
    text.word("1")
    text.text(TargetText(sharing: stripes.map(\.state.letter)[...]))
    text.text(trailing)
  }
}

extension StripedStatus {
  /// Degraded when a stripe had an error, since that part may be lost; failed when all had.
  public var health: Health {
    var health = Health.healthy
    let dead = stripes.indices.filter { stripes[$0].state == .dead }
    for index in dead {
      health.add(
        dead.count == stripes.count ? .failed : .degraded,
        "stripe \(index) (\(stripes[index].device)) had an error")
    }
    return health
  }
}
