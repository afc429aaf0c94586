/// The parameters of `log-writes`: a device, and another one on which every write is recorded.
///
/// Text: `DEVICE LOG_DEVICE`. Kernel document: `admin-guide/device-mapper/log-writes.rst`.
public struct LogWritesTargetParams: TargetParams {
  /// The status of the target.
  public typealias Status = LogWritesStatus
  /// A message to the target.
  public typealias Message = LogWritesMessage

  /// The type of target.
  public static var targetType: TargetType { .logWrites }

  /// The device below.
  public var device: DeviceReference
  /// The device that holds the record.
  public var logDevice: DeviceReference
  /// Words behind those two, which the kernel ignores.
  public var trailing: TargetText

  /// Creates parameters from their fields.
  public init(
    device: DeviceReference, logDevice: DeviceReference, trailing: TargetText = TargetText()
  ) {
    self.device = device
    self.logDevice = logDevice
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    device = try fields.device("device")
    logDevice = try fields.device("log device")
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.device(device)
    text.device(logDevice)
    text.text(trailing)
  }
}

/// The status of `log-writes`.
///
/// Text: `ENTRIES HIGHEST_SECTOR [logging_disabled]`.
public struct LogWritesStatus: TargetStatus {
  /// The type of target.
  public static var targetType: TargetType { .logWrites }

  /// The number of entries in the record.
  public var loggedEntries: UInt64
  /// The last sector of the log device that is taken.
  public var highestSector: Sectors
  /// Whether the record goes on; it ends for good when the log device is full or fails.
  public var isLogging: Bool
  /// Fields that a later kernel added.
  public var trailing: TargetText

  /// Creates a status from its fields.
  public init(
    loggedEntries: UInt64, highestSector: Sectors, isLogging: Bool = true,
    trailing: TargetText = TargetText()
  ) {
    self.loggedEntries = loggedEntries
    self.highestSector = highestSector
    self.isLogging = isLogging
    self.trailing = trailing
  }

  /// Reads the fields.
  public init(fields: inout FieldScanner) throws(ParseError) {
    loggedEntries = try fields.number("logged entries")
    highestSector = try fields.quantity("highest sector")
    isLogging = !fields.skip("logging_disabled")
    trailing = fields.remainder()
  }

  /// Appends the fields.
  public func write(to text: inout TextWriter) {
    text.number(loggedEntries)
    text.quantity(highestSector)
    if !isLogging { text.word("logging_disabled") }
    text.text(trailing)
  }
}

extension LogWritesStatus {
  /// Degraded when writes are no longer recorded; they are still done.
  public var health: Health {
    isLogging ? .healthy : Health(.degraded, ["writes are no longer recorded"])
  }
}

/// A message to a `log-writes` target: puts a mark in the record.
///
/// Text: `mark TEXT`.
public struct LogWritesMessage: TargetMessage {
  /// The text of the mark; the kernel cuts it to what fits in a sector of the log device.
  public let mark: TargetText

  /// Creates a message; blanks in the text are escaped.
  ///
  /// - Throws: ``ParameterError`` if the text is empty or has a NUL.
  public init(mark: TargetText) throws(ParameterError) {
    guard !mark.isEmpty, mark.bytes.firstIndex(of: 0) == nil else {
      throw ParameterError(
        TargetType.logWrites, "mark", rule: "a text without NUL that isn't empty")
    }
    self.mark = mark
  }

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    text.word("mark")
    text.word(escaping: mark.bytes)
  }
}
