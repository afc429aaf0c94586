import DeviceMapper
import DeviceMapperTargets
import Dispatch
import TestSupport
import Testing

/// Where scenes are played: a disk and the devices that are made on it.
struct EventStage {
  let dm: DM
  private let disk: TestDisk
  private var end: Sectors = 0

  init(_ dm: DM) async throws {
    self.dm = dm
    disk = try await TestDisk.two().0
  }

  /// Carries out a step.
  mutating func perform(_ step: EventScene.Step) async throws {
    switch step {
    case .part(let name, let length):
      let device = try await dm.make(
        name, table("linear \(disk.device) \(end.rawValue)", length)
      ).number()
      end += length
      device.write(0..<Int(length.rawValue / 128), 0)
    case .sparse(let name, let length):
      _ = try await TestLoop.sparseDevice(dm, name, length: length)
    case .device(let name, let length, let line):
      try await dm.make(name, table(line, length))
    case .readOnlyDevice(let name, let length, let line):
      let options = DmOptions(flags: .readOnly)
      _ = try dm.deviceCreate(.test(name), options: options)
      try dm.tableLoad(.test(name), table(line, length), options: options)
      try await dm.deviceResume(.test(name), options: .privateDevice)
    case .table(let name, let length, let line):
      try dm.tableLoad(.test(name), table(line, length))
      try await dm.deviceResume(
        .test(name), options: DmOptions(flags: .noFlush, cookie: .privateDevice))
    case .shatter(let name): try await dm.shatter(name)
    case .message(let name, let text):
      try dm.targetMessage(.test(name), TargetText(try replaced(text) { "\($0)" }))
    case .write(let name, let blocks, let times):
      let device = try number(name)
      for _ in 0..<times { device.write(blocks) }
    case .beginWrite(let name, let block):
      let device = try number(name)
      DispatchQueue.global().async { device.write(block..<(block + 1)) }
    case .read(let name, let blocks): try number(name).read(blocks)
    case .rename(let name, let newName): try await dm.deviceRename(.test(name), to: .test(newName))
    case .flush(let name): _ = try dm.tableStatus(.test(name))
    case .suspend(let name): try await dm.deviceSuspend(.test(name))
    case .remove(let name): try await dm.deviceRemove(.test(name))
    case .run(let command):
      try await TestSupport.run("sh", "-c", replaced(command) { "\($0.devnode)" })
    case .pause(let duration): try await Task.sleep(for: duration)
    }
  }

  private func number(_ name: String) throws -> Device {
    try dm.deviceInfo(.test(name)).number()
  }

  private func table(_ text: String, _ length: Sectors) throws -> TargetTable<AnyTarget> {
    let text = try replaced(text) { "\($0)" }
    return try TargetTable([TargetLine<AnyTarget>(parsing: "0 \(length.rawValue) \(text)")])
  }

  /// The text with devices in the place of their names.
  private func replaced(_ text: String, _ shown: (Device) -> String) throws -> String {
    var pieces = text.split(separator: "{", omittingEmptySubsequences: false)
    var result = String(pieces.removeFirst())
    for piece in pieces {
      let parts = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      result += shown(try number(String(parts[0]))) + parts[1]
    }
    return result
  }
}

extension Device {
  /// Writes blocks of 64 KiB, whether or not that works.
  fileprivate func write(_ blocks: Range<Int>, _ byte: UInt8 = 1) {
    for block in blocks { try? devnode.fill(byte, at: block * 65536) }
  }

  /// Reads from the beginning of blocks of 64 KiB, whether or not that works.
  fileprivate func read(_ blocks: Range<Int>) {
    for block in blocks { _ = try? devnode.bytes(at: block * 65536) }
  }
}

extension DM {
  /// Makes every request to a device fail, without waiting for those under way.
  fileprivate func shatter(_ suffix: String) async throws {
    let length = try table(.test(suffix)).table(of: VerbatimTarget.self).length
    try tableLoad(.test(suffix), TargetTable(length: length, AnyTarget.error(ErrorTargetParams())))
    try await deviceSuspend(.test(suffix), options: DmOptions(flags: .noFlush))
    try await deviceResume(.test(suffix), options: .privateDevice)
  }
}
