/// The status of `clone`.
///
/// Kernel document: `admin-guide/device-mapper/dm-clone.rst`.
public enum CloneStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .clone }

  /// The clone works, perhaps in a restricted mode.
  case working(CloneWorkingStatus)
  /// The kernel couldn't read the metadata to report on it.
  case error
  /// The clone has failed: neither reads nor writes are served.
  case fail

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    if fields.skip("Fail") {
      self = .fail
    } else if fields.skip("Error") {
      self = .error
    } else {
      self = .working(try CloneWorkingStatus(fields: &fields))
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
    }
  }
}

extension CloneStatus {
  /// Failed for `Fail` and `Error`, degraded when the metadata is read only; the progress is that
  /// of the copy until it is complete.
  public var health: Health {
    guard case .working(let status) = self else { return Health(.failed, ["clone failed"]) }
    var health = Health.healthy
    switch status.mode {
    case .readWrite: break
    case .readOnly: health.add(.degraded, "metadata read only")
    case .fail: health.add(.failed, "clone failed")
    }
    if !status.isComplete {
      health.progress = Progress("hydration", fraction: status.hydrated.fraction)
    }
    return health
  }
}

/// A stable form in JSON: the fields beside a `state` of `working`, `error` or `fail`.
extension CloneStatus {
  /// Decodes the state and, of a clone that works, its figures.
  public init(from decoder: any Decoder) throws {
    switch try WorkingState(from: decoder) {
    case .working: self = .working(try CloneWorkingStatus(from: decoder))
    case .error: self = .error
    case .fail: self = .fail
    }
  }

  /// Encodes the state and, of a clone that works, its figures.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .working(let status):
      try WorkingState.working.encode(to: encoder)
      try status.encode(to: encoder)
    case .error: try WorkingState.error.encode(to: encoder)
    case .fail: try WorkingState.fail.encode(to: encoder)
    }
  }
}
