/// The parameters of `error`, which fails every request.
///
/// Text: empty, or `DEVICE START`. Whatever it was given, the kernel prints an empty table.
public struct ErrorTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = ErrorStatus

  /// A range of a device of which the target takes the limits, such as its block size.
  public struct Model: Hashable, Sendable, Codable {
    /// The device.
    public var device: DeviceReference
    /// The first sector of the range.
    public var start: Sectors

    /// Creates a range from its parts.
    public init(device: DeviceReference, start: Sectors) {
      self.device = device
      self.start = start
    }
  }

  /// The type of target.
  public static var targetType: TargetType { .error }

  /// The device whose limits the target takes (target version 1.6; earlier ones ignore it).
  public var model: Model?
  /// Words that the kernel ignores because there aren't two of them.
  ///
  /// Kept apart from ``model``, beside which there are none.
  public private(set) var ignored: TargetText

  /// Creates parameters, with the device whose limits the target takes if there is one.
  public init(model: Model? = nil) {
    self.model = model
    ignored = TargetText()
  }

  /// Decodes the fields and checks that the ignored words would be ignored.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    model = try values.decodeIfPresent(Model.self, forKey: .model)
    ignored = try values.decode(TargetText.self, forKey: .ignored)
    guard ignored.isEmpty || (model == nil && ignored.wordCount(upTo: 3) != 2) else {
      throw DecodingError.dataCorruptedError(
        forKey: .ignored, in: values, debugDescription: "these words would not be ignored")
    }
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    var probe = fields
    self.init()
    if probe.remainder().wordCount(upTo: 3) == 2 {
      let device = try fields.device("device")
      model = Model(device: device, start: try fields.quantity("start"))
    } else {
      ignored = fields.remainder()
    }
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    guard let model else {
      text.text(ignored)
      return
    }
    text.device(model.device)
    text.quantity(model.start)
  }
}

extension TargetText {
  /// How many words a table takes this for, at most `limit`.
  fileprivate func wordCount(upTo limit: Int) -> Int {
    var fields = FieldScanner(bytes)
    var count = 0
    while count < limit, fields.nextWord(escaped: true) != nil { count += 1 }
    return count
  }
}

/// The status of `error`, which has no fields.
public struct ErrorStatus: FieldlessStatus {
  /// The type of target.
  public static var targetType: TargetType { .error }

  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates the status from the fields that a later kernel added.
  public init(trailing: TargetText) { self.trailing = trailing }

  /// Failed: no request to this range is served, which is what the target is for.
  public var health: Health { Health(.failed, ["every request fails"]) }
}
