import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

/// Devices over legs, of which one, `target`, is to get into a state.
final class Subject {
  let dm: DM
  let legs: Legs
  private var numbers: [String: Device] = [:]
  private var made: [DmDevice<AnyTarget>] = []
  private var inBackground: [Task<Void, Never>] = []

  init(_ dm: DM, legs: Int, length: Sectors = Legs.length) async throws {
    self.dm = dm
    self.legs = try await Legs(dm, count: legs, length: length)
  }

  /// Text with numbers in the places of `{0}` for a leg and `{name}` for a device.
  func numbered(_ text: String) -> String {
    numbers.reduce(legs.numbered(text)) { text, device in
      text.replacing("{\(device.key)}", with: "\(device.value)")
    }
  }

  private func table(_ row: String) throws -> TargetTable<AnyTarget> {
    try TargetTable(parsing: "0 " + numbered(row))
  }

  /// Creates a device of a line.
  func make(_ row: String, as name: String = "target", readOnly: Bool = false) async throws {
    let device = try await DmDevice<AnyTarget>.create(
      dm, .test(name), table: table(row), readOnly: readOnly, options: .privateDevice)
    numbers[name] = try device.device()
    made.append(device)
    _ = try dm.table(device.id).only(AnyTarget.self)
  }

  /// Creates a device of zeroes that takes memory only where it is written.
  func makeSparse(_ length: Sectors, as name: String) async throws {
    let device = try await TestLoop.sparseDevice(dm, name, length: length)
    numbers[name] = try device.device()
    made.append(DmDevice(dm, .test(name)))
  }

  /// Gives a device another line.
  func load(_ row: String, into name: String = "target") async throws {
    try await DmDevice<AnyTarget>(dm, .test(name)).setTable(table(row), options: .privateDevice)
  }

  /// Sends a message to a device.
  func send(_ message: String, to name: String = "target") throws {
    try dm.targetMessage(.test(name), TargetText(numbered(message)))
  }

  /// Writes random bytes, past all caches; units are of 4096 bytes.
  ///
  /// A node that is gone by then must not become a file.
  func write(_ name: String = "target", at block: Int = 0, count: Int = 1) async throws {
    try await run(
      "dd", "if=/dev/urandom", "of=\(path(name))", "bs=4k", "seek=\(block)", "count=\(count)",
      "oflag=direct", "conv=nocreat,notrunc,fsync", "status=none")
  }

  /// Writes, though that may never end.
  func writeInBackground(_ name: String = "target") throws {
    let path = try path(name)
    inBackground.append(
      Task {
        _ = try? await run(
          "dd", "if=/dev/zero", "of=\(path)", "bs=4k", "count=1", "oflag=direct",
          "conv=nocreat", "status=none")
      })
  }

  /// Reads, past all caches; units are of 4096 bytes.
  func read(_ name: String = "target", at block: Int = 0, count: Int = 1) async throws {
    try await run(
      "dd", "if=\(path(name))", "of=/dev/null", "bs=4k", "skip=\(block)", "count=\(count)",
      "iflag=direct", "status=none")
  }

  /// The node of a device, or of a leg by its number.
  func path(_ name: String) throws -> String {
    let device = Int(name).map { legs.numbers[$0] } ?? numbers[name]
    return try #require(device).devnode.string
  }

  /// The status of a device; what is on its way to the disk is there, if it is to be flushed.
  func status(
    _ name: String = "target", flushing: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> AnyStatus {
    try dm.tableStatus(
      .test(name), options: DmOptions(flags: flushing ? [] : .noFlush)
    ).only(AnyStatus.self, sourceLocation: sourceLocation)
  }

  /// Makes sure that a device gets a status soon, and that its health is as it should be.
  ///
  /// In the status stands `*` for anything in a word, `|` between words of which any will do, and
  /// `...` for any number of words.
  func expect(
    _ status: String, _ health: Health.Level, of name: String = "target",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let pattern = TargetText(numbered(status)).words
    let found = try await eventually {
      Self.matches(try self.status(name).text.words, pattern)
    }
    let last = try self.status(name, sourceLocation: sourceLocation)
    #expect(found, "\(last.text) is \(numbered(status))", sourceLocation: sourceLocation)
    #expect(last.health.level == health, "\(last.health)", sourceLocation: sourceLocation)
  }

  private static func matches(_ words: [String], _ pattern: [String]) -> Bool {
    if let gap = pattern.firstIndex(of: "...") {
      let end = pattern[(gap + 1)...]
      return words.count >= gap + end.count
        && matches(Array(words.prefix(gap)), Array(pattern[..<gap]))
        && matches(Array(words.suffix(end.count)), Array(end))
    }
    return words.count == pattern.count
      && zip(words, pattern).allSatisfy { word, wanted in
        let parts = wanted.split(separator: "*", omittingEmptySubsequences: false)
        return parts.count == 1
          ? wanted.split(separator: "|").contains { $0 == word }
          : word.hasPrefix(parts[0]) && word.hasSuffix(parts[parts.count - 1])
      }
  }

  /// Lets what is under way come to an end, also what waits for ever.
  func finish() async throws {
    for index in legs.devices.indices
    where try dm.table(legs.devices[index].id).lines[0].content.targetType == .delay {
      try await legs.heal(index)
    }
    _ = try? await dm.isAtRest(.test("target"))
    if !inBackground.isEmpty {
      try await TestDevices.removeAll()
      for task in inBackground { await task.value }
      return
    }
    for device in made.reversed() { try await device.remove(options: .privateDevice) }
    for leg in legs.devices { try await leg.remove(options: .privateDevice) }
  }
}
