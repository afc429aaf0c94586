public import DeviceMapper
import DeviceMapperTargets
import SystemPackage

/// The statistics of a device: its regions, and the groups that they form.
///
/// A value that knows the context and the device and nothing that can go stale. Any device-mapper
/// device has statistics, with or without a table. All messages go to the kernel's core, never to a
/// target: `DM_TARGET_MSG` with `@stats_…`, kernel document
/// `admin-guide/device-mapper/statistics.rst`.
public struct Statistics: Sendable {
  /// The context that reaches the device.
  public let dm: DM
  /// The device.
  public let device: DevId
  private let listSize = ListSize()

  /// Creates a handle without asking the kernel.
  public init(_ dm: DM, _ device: DevId) {
    self.dm = dm
    self.device = device
  }
}

extension Statistics {
  /// Creates a region: `@stats_create`.
  ///
  /// The kernel stops all I/O to the device for a moment.
  ///
  /// - Returns: The number of the region, the lowest one free.
  /// - Throws: ``StatsError`` with ``StatsError/Code/unsupported`` for precise timestamps or a
  ///   histogram before device-mapper 4.33; with ``StatsError/Code/refused`` if the kernel lacks
  ///   memory (`ENOMEM`; all regions may take a quarter of it) or there would be too many areas
  ///   (`EOVERFLOW`).
  public func createRegion(_ region: NewRegion) throws(StatsError) -> RegionId {
    try check(region)
    return try create(region)
  }

  /// Creates a region that has been checked.
  func create(_ region: NewRegion) throws(StatsError) -> RegionId {
    let reply = try sendListed { text in region.write(to: &text) }
    guard let number = reply.bytes.decimalLine, let id = UInt32(exactly: number) else {
      throw unreadable(
        ParseError(
          .malformed, target: nil, field: "region", offset: 0, expected: "a number", found: reply))
    }
    return RegionId(rawValue: id)
  }

  /// Makes sure that the kernel has what a region needs, and gets what is meant.
  func check(_ region: NewRegion) throws(StatsError) {
    do { try region.check() } catch {
      var error = error
      error.device = device
      throw error
    }
    guard region.isPrecise || region.bounds != nil else { return }
    let needed = InterfaceVersion(major: 4, minor: 33, patch: 0)
    let running: InterfaceVersion
    do { running = try dm.version() } catch {
      throw StatsError(.refused, device: device, context: .device(error))
    }
    if running < needed {
      throw StatsError(.unsupported, device: device)
    }
  }

  /// The regions in rising order of their numbers, of one program or of all: `@stats_list`.
  ///
  /// - Parameter program: The program, or `nil` for all.
  public func regions(of program: ProgramId? = nil) throws(StatsError) -> [Region] {
    try regions(of: program, replySize: nil)
  }

  /// The regions; with a good guess at the size of the first reply, one message does.
  func regions(
    of program: ProgramId? = nil, replySize: Int?
  ) throws(StatsError) -> [Region] {
    let reply = try send(replySize: listSize.guess ?? replySize ?? 4096) { text in
      text.word("@stats_list")
      if let program { text.word(escaping: program.text.bytes) }
    }
    listSize.note(reply.count)
    do { return try Region.list(reply) } catch { throw unreadable(error) }
  }

  /// A region, listed.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/noRegion``.
  public func region(_ id: RegionId) throws(StatsError) -> Region {
    for region in try regions() where region.id == id { return region }
    throw StatsError(.noRegion, device: device, region: id)
  }

  /// Whether a region exists, whoever it belongs to.
  func exists(_ id: RegionId) throws(StatsError) -> Bool {
    do {
      _ = try send(region: id, replySize: Self.ordinary) { text in
        text.word("@stats_print")
        text.number(UInt64(id.rawValue))
        // None of its areas.
        text.number(0 as UInt64)
        text.number(0 as UInt64)
      }
    } catch {
      if error.code == .noRegion { return false }
      throw error
    }
    return true
  }

  /// The counters of a region's areas: `@stats_print`.
  ///
  /// - Parameters:
  ///   - region: The region, as it is listed.
  ///   - areas: The areas, or `nil` for all.
  /// - Throws: ``StatsError`` with ``StatsError/Code/noRegion`` if it has been deleted.
  public func counters(
    _ region: Region, areas: Range<Int>? = nil
  ) throws(StatsError) -> [AreaCounters] {
    try list("@stats_print", region, areas)
  }

  /// The counters of a region's areas, which are zero afterwards: `@stats_print_clear`.
  ///
  /// No request is counted twice or lost between. What is in flight isn't cleared.
  ///
  /// - Parameters:
  ///   - region: The region, as it is listed.
  ///   - areas: The areas, or `nil` for all.
  /// - Throws: ``StatsError`` with ``StatsError/Code/noRegion`` if it has been deleted.
  public func takeCounters(
    _ region: Region, areas: Range<Int>? = nil
  ) throws(StatsError) -> [AreaCounters] {
    try list("@stats_print_clear", region, areas)
  }

  private func list(
    _ command: StaticString, _ region: Region, _ areas: Range<Int>?
  ) throws(StatsError) -> [AreaCounters] {
    var found: [AreaCounters] = []
    try print(command, region, areas) { found.append($0) }
    return found
  }

  /// Hands the counters of a region's areas to `body`, one after the other.
  func print(
    _ command: StaticString, _ region: Region, _ areas: Range<Int>? = nil,
    _ body: (AreaCounters) -> Void
  ) throws(StatsError) {
    if let areas {
      guard areas.lowerBound >= 0 else {
        throw StatsError(
          .invalidArgument, device: device, region: region.id, context: .argument("areas"))
      }
      if areas.isEmpty { return }
    }
    // A row's usual length, so that one message does; the kernel zeroes and copies no more either.
    let rows = min(areas?.count ?? region.areaCount, 10_000)
    let rowSize = 160 + (region.bounds?.binCount ?? 0) * 8
    let reply = try send(region: region.id, replySize: 64 + rows * rowSize) { text in
      text.word(command)
      text.number(UInt64(region.id.rawValue))
      if let areas {
        text.number(UInt64(areas.lowerBound))
        text.number(UInt64(areas.count))
      }
    }
    do { try AreaCounters.read(reply.bytes, of: region, body) } catch { throw unreadable(error) }
  }

  /// Sets the counters of a region to zero, but for what is in flight: `@stats_clear`.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/noRegion``.
  public func clear(_ id: RegionId) throws(StatsError) { try send("@stats_clear", id) }

  /// Deletes a region: `@stats_delete`.
  ///
  /// Nothing is done about a group of which it is a member; see ``ungroup(_:)`` and
  /// ``deleteGroup(_:)``. Its number may be given to the next region that anybody creates.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/noRegion``.
  public func delete(_ id: RegionId) throws(StatsError) { try send("@stats_delete", id) }

  /// Replaces what is kept with a region, the tag of a group included: `@stats_set_aux`.
  ///
  /// - Throws: ``StatsError`` with ``StatsError/Code/noRegion``, ``StatsError/Code/invalidUserData``
  ///   or ``StatsError/Code/invalidAlias``.
  public func setAuxiliary(_ id: RegionId, _ data: AuxiliaryData) throws(StatsError) {
    try check(data, for: id)
    try writeAuxiliary(id, data)
  }

  /// Makes sure that a region can have the data, in which nothing is that was found like this.
  func check(_ data: AuxiliaryData, for id: RegionId) throws(StatsError) {
    do { try data.check() } catch {
      var error = error
      error.device = device
      error.region = id
      throw error
    }
  }

  /// Writes what has been checked, or was found like this.
  func writeAuxiliary(_ id: RegionId, _ data: AuxiliaryData) throws(StatsError) {
    _ = try sendListed(region: id) { text in
      text.word("@stats_set_aux")
      text.number(UInt64(id.rawValue))
      data.write(to: &text)
    }
  }
}

extension Statistics {
  /// Room for a message of a few words, and for a number as the reply.
  private static let ordinary = 128

  private func send(_ command: StaticString, _ id: RegionId) throws(StatsError) {
    _ = try send(region: id, replySize: Self.ordinary) { text in
      text.word(command)
      text.number(UInt64(id.rawValue))
    }
  }

  /// Sends a message of which the list of regions will have the words.
  private func sendListed(
    region: RegionId? = nil, _ write: (inout TextWriter) -> Void
  ) throws(StatsError) -> TargetText {
    var length = 0
    let reply = try send(region: region, replySize: Self.ordinary) { text in
      let start = text.count
      write(&text)
      length = text.count - start
    }
    listSize.add(length)
    return reply
  }

  /// Sends a message whose words `write` appends, and returns its reply, which is empty where there
  /// is none.
  func send(
    region: RegionId? = nil, replySize: Int, _ write: (inout TextWriter) -> Void
  ) throws(StatsError) -> TargetText {
    do { return try dm.statisticsMessage(device, replySize: replySize, write) } catch {
      let isMissing = region != nil && error.errno == .noSuchFileOrDirectory
      throw StatsError(
        isMissing ? .noRegion : .refused, device: device, region: region, context: .device(error))
    }
  }

  func unreadable(_ error: ParseError) -> StatsError {
    StatsError(.unreadableReply, device: device, context: .text(error))
  }
}

extension Span<UInt8> {
  /// The number that is all of a line.
  fileprivate var decimalLine: UInt64? {
    var end = count
    while end > 0, self[end - 1].isBlank { end -= 1 }
    return extracting(first: end).decimalValue
  }
}
