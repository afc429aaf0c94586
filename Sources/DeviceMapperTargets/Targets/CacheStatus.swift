/// The status of `cache`.
///
/// Kernel document: `admin-guide/device-mapper/cache.rst`.
public enum CacheDevStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .cache }

  /// The cache works, perhaps without being able to change its metadata.
  case working(CacheDevWorkingStatus)
  /// The kernel couldn't read the metadata to report on it.
  case error
  /// The cache has failed: neither reads nor writes are served.
  case fail

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    if fields.skip("Fail") {
      self = .fail
    } else if fields.skip("Error") {
      self = .error
    } else {
      self = .working(try CacheDevWorkingStatus(fields: &fields))
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

extension CacheDevStatus {
  /// Failed for `Fail` and `Error`; degraded when the metadata can't be changed or needs a check.
  public var health: Health {
    switch self {
    case .working(let status):
      var health = Health.healthy
      if status.metadataMode == .readOnly { health.add(.degraded, "metadata read only") }
      if status.needsCheck == true { health.add(.degraded, "metadata needs check") }
      return health
    case .error: return Health(.failed, ["metadata can't be read"])
    case .fail: return Health(.failed, ["cache failed"])
    }
  }
}

/// A stable form in JSON: the fields beside a `state` of `working`, `error` or `fail`.
extension CacheDevStatus {
  /// Decodes the state and, of a cache that works, its figures.
  public init(from decoder: any Decoder) throws {
    switch try WorkingState(from: decoder) {
    case .working: self = .working(try CacheDevWorkingStatus(from: decoder))
    case .error: self = .error
    case .fail: self = .fail
    }
  }

  /// Encodes the state and, of a cache that works, its figures.
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
