import DeviceMapper
import DeviceMapperTargets

/// What holds for every reply: it is an error, or as many records as fit into it.
public enum ReplyLaw: CaseIterable, Sendable {
  /// The header alone.
  case header
  /// The list of devices.
  case list
  /// The lines of a table.
  case lines
  /// The versions of targets.
  case versions
  /// The devices that a table uses.
  case dependencies
  /// The reply to a message.
  case message

  /// Replies as a kernel sends them, the seeds of the mutated ones.
  public var replies: [[UInt8]] {
    var reply = ReplyBuilder(flags: [.activePresent, .dataOut])
    reply.device(0x100_fe03, name: "data", uuid: "LVM-0123", openCount: 1, eventNumber: 7)
    var replies: [[UInt8]] = []
    switch self {
    case .header: break
    case .list:
      var old = ReplyBuilder(version: (4, 36, 0))
      old.list([(Array("a".utf8), 0xfe00, nil, nil), (Array("bc".utf8), 0xfe01, nil, nil)])
      replies.append(old.finished)
      var empty = ReplyBuilder()
      empty.list([])
      replies.append(empty.finished)
      reply.list([
        (Array("data".utf8), 0xfe00, 3, "LVM-abc"), ([0xff, 0x20, 0x41], 0xfe01, 0, nil),
        (Array("a-longer-name".utf8), 0x100_fe02, .max, "x"),
      ])
    case .lines:
      reply.lines([
        (0, 2048, "linear", "8:16 0"), (2048, 8, "error", ""),
        (2056, 65536, "thin-pool", "1:0 1:1 128 0 0 "),
      ])
    case .versions:
      reply.versions([("linear", 1, 4, 0), ("thin-pool", 1, 22, 0), ("snapshot-origin", 1, 9, 0)])
    case .dependencies:
      reply.dependencies([0x810, 0x820, 0x120_fe01])
    case .message:
      reply.message("0: 0+24 24 - -\n")
    }
    return replies + [reply.finished]
  }

  /// Makes sure that the law holds for one reply.
  ///
  /// - Returns: Whether the reply was read.
  public func check(_ reply: [UInt8]) throws(Violation) -> Bool {
    let count: Int
    do { count = try records(of: reply) } catch {
      if error.offset < 0 { throw Violation("an error's offset lies in the reply", reply) }
      return false
    }
    if count * 8 > reply.count { throw Violation("\(count) records fit into the reply", reply) }
    return true
  }

  private func records(of reply: [UInt8]) throws(ReplyError) -> Int {
    let reader = try ReplyReader(reply.span)
    _ = try DeviceInfo(reader)
    switch self {
    case .header: return 0
    case .list: return try reader.devices().count
    case .lines: return try reader.lines(sharing: reply).count
    case .versions: return try reader.targetVersions().count
    case .dependencies: return try reader.dependencies().count
    case .message: return try (reader.message(sharing: reply)?.count ?? 0) / 8
    }
  }
}
