public import DeviceMapperTargets

/// A type of target that the kernel has, with its version: `struct dm_target_versions`.
public struct TargetVersion: Hashable, Sendable {
  /// The type of target.
  public var targetType: TargetType
  /// The target's own version.
  public var version: InterfaceVersion
}

/// The reply of a target, or of the core, to a message.
public struct MessageReply: Hashable, Sendable {
  /// The state of the device.
  public var info: DeviceInfo
  /// The text of the reply; `nil` where the message has none.
  public var text: TargetText?
}

extension DM {
  /// The types of target that are loaded: `DM_LIST_VERSIONS`.
  public func listVersions() throws(DmError) -> [TargetVersion] {
    try exchange(Request(.listVersions)) { (reply, _) throws(ReplyError) in
      try reply.targetVersions()
    }
  }

  /// The version of a type of target, whose module is loaded if need be: `DM_GET_TARGET_VERSION`
  /// (kernel 5.4).
  ///
  /// - Throws: ``DmError`` with `EINVAL` if the kernel has no such target, and
  ///   ``DmError/Code/unsupported`` on an older kernel.
  public func targetVersion(_ type: TargetType) throws(DmError) -> InterfaceVersion {
    var request = Request(.targetVersion)
    request.name = try? DmName(kernelBytes: type.bytes)
    let versions = try exchange(request) { (reply, _) throws(ReplyError) in
      try reply.targetVersions()
    }
    guard let found = versions.first else {
      throw DmError(
        .unreadableReply, command: .targetVersion,
        context: .reply(ReplyError(.version, offset: RequestLayout.headerSize)))
    }
    return found.version
  }

  /// Sends a message to the target at a sector of a device: `DM_TARGET_MSG`.
  ///
  /// A message to a target is sent once and never again. One that begins with `@stats_` goes to the
  /// core, which does nothing if its reply doesn't fit, so it is repeated with a larger buffer.
  ///
  /// - Parameters:
  ///   - id: The device.
  ///   - message: The words of the message.
  ///   - sector: A sector of the target; the first target by default.
  ///   - replySize: The size of the buffer for the reply in bytes, or `nil` for what replies have
  ///     needed so far.
  ///   - options: How the commands are carried out.
  /// - Throws: ``DmError`` with ``DmError/Code/replyTooLarge`` if the message was carried out and its
  ///   reply didn't fit.
  @discardableResult
  public func targetMessage(
    _ id: DevId, _ message: TargetText, sector: Sectors = 0, replySize: Int? = nil,
    options: DmOptions = DmOptions()
  ) throws(DmError) -> MessageReply {
    try targetMessage(
      id, length: message.count, sector: sector, replySize: replySize,
      repeats: message.isStatisticsMessage, options: options
    ) { $0.text(message) }
  }

  /// Sends a message whose words `write` appends; with keys among them, all memory is wiped.
  ///
  /// - Parameter length: The number of bytes, if it is known.
  func targetMessage(
    _ id: DevId, length: Int = 0, sector: Sectors = 0, replySize: Int? = nil, repeats: Bool = false,
    options: DmOptions, _ write: (inout TextWriter) -> Void
  ) throws(DmError) -> MessageReply {
    try check(options, for: .targetMessage)
    return try message(
      Request(.targetMessage, id, flags: options.flags), length: length, sector: sector,
      replySize: replySize, repeats: repeats, write
    ) { (reply, buffer) throws(ReplyError) in
      MessageReply(info: try DeviceInfo(reply), text: try reply.message(sharing: buffer))
    }
  }

  /// Sends a message to the core's statistics, and returns its reply, which is empty where it has
  /// none.
  ///
  /// Of the reply nothing else is read, and one piece of memory is all that it takes: what has many
  /// regions is a message for each.
  ///
  /// - Parameters:
  ///   - id: The device.
  ///   - replySize: The size of the reply in bytes, as far as it is known.
  ///   - write: Appends the words of the message.
  package func statisticsMessage(
    _ id: DevId, replySize: Int, _ write: (inout TextWriter) -> Void
  ) throws(DmError) -> TargetText {
    try message(
      Request(.targetMessage, id), sector: 0, replySize: replySize, repeats: true, write
    ) { (reply, buffer) throws(ReplyError) in
      try reply.message(sharing: buffer) ?? TargetText()
    }
  }

  /// Up to which size a buffer is cleared; a longer one is made anew behind the message instead.
  private static let clearedSize = 1 << 13

  private func message<Result>(
    _ request: Request, length: Int = 0, sector: Sectors, replySize: Int?, repeats: Bool,
    _ write: (inout TextWriter) -> Void,
    _ decode: (borrowing ReplyReader, [UInt8]) throws(ReplyError) -> Result
  ) throws(DmError) -> Result {
    let header = RequestLayout.headerSize
    return try exchange(
      request, repeats: repeats,
      size: replySize.map { header + min(max($0, 0), ReplySizes.largest) },
      buffer: { (size) throws(DmError) in
        // As a rule the message is written where the kernel reads it and writes its reply.
        let isOrdinary = size <= Self.clearedSize
        var writer = TextWriter(
          behind: header,
          capacity: max(header + MemoryLayout<UInt64>.size + length + 1, isOrdinary ? size : 0),
          disposal: request.flags.disposal)
        let isWhole = writer.message(sector: sector, write)
        if isOrdinary, writer.count < size { writer.appendZeroes(size - writer.count) }
        var message = writer.take()
        if isWhole, message.count >= size { return message }
        defer { if request.flags.contains(.secureData) { message.wipe() } }
        guard isWhole else {
          throw DmError(.invalidArgument, command: .targetMessage, device: request.id)
        }
        // Room for a long reply isn't cleared: the kernel writes it, and ends it with a NUL.
        return Self.unclearedBuffer(size, message.span.extracting(header...))
      }, decode)
  }
}

extension TargetText {
  /// Whether the text is a message to the core's statistics, which may be repeated.
  fileprivate var isStatisticsMessage: Bool {
    let word: StaticString = "@stats_"
    var fields = FieldScanner(prefix(word.utf8CodeUnitCount).bytes)
    return fields.nextWord()?.isEqualIgnoringCase(word) ?? false
  }
}

extension TextWriter {
  /// Appends a message as the kernel takes it: `struct dm_target_msg`.
  ///
  /// - Returns: Whether the kernel will see all of the message, which ends at the first NUL.
  package mutating func message(
    sector: Sectors, _ write: (inout TextWriter) -> Void
  ) -> Bool {
    let start = count
    appendZeroes(MemoryLayout<UInt64>.size)
    store(sector.rawValue, at: start)
    let text = count
    write(&self)
    let isWhole = !bytes(from: text).hasNul
    endString()
    return isWhole
  }
}

extension ReplyReader {
  /// Reads the reply to `DM_LIST_VERSIONS` or `DM_GET_TARGET_VERSION`.
  package func targetVersions() throws(ReplyError) -> [TargetVersion] {
    var versions: [TargetVersion] = []
    guard bytes.count > dataStart else { return versions }
    var record: Int? = dataStart
    while let offset = record {
      let step = try load(.next, UInt32.self, at: offset)
      let version = InterfaceVersion(
        major: try load(.version, UInt32.self, at: offset + 4),
        minor: try load(.version, UInt32.self, at: offset + 8),
        patch: try load(.version, UInt32.self, at: offset + 12))
      let name = try string(.targetType, at: offset + 16)
      guard let type = try? TargetType(bytes: bytes.extracting(name)) else {
        throw ReplyError(.targetType, offset: offset + 16)
      }
      versions.append(TargetVersion(targetType: type, version: version))
      record = try next(step, behind: offset, to: name.upperBound + 1)
    }
    return versions
  }

  /// Reads the reply to a message, which has one only if its flag says so.
  package func message(sharing buffer: [UInt8]) throws(ReplyError) -> TargetText? {
    guard flags.contains(.dataOut) else { return nil }
    return TargetText(sharing: buffer[try string(.message, at: dataStart)])
  }
}
