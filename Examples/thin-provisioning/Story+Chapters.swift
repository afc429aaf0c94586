import DeviceMapper
import DeviceMapperTargets
import Foundation

extension Story {
  /// A file system, a snapshot of it, and how the two part.
  mutating func fileSystem(_ pool: ThinPoolDev, _ alpha: ThinDev) async throws {
    terminal.chapter("A file system on alpha, and a snapshot of it")
    try await run("mkfs.ext4", "-q", "\(alpha.devnode())")
    try await mount(alpha, "demo-alpha")
    try await write("/run/demo-alpha/letter", mebibytes: 12)
    terminal.say("mkfs.ext4 and a letter of 12 MiB")
    terminal.bar(try pool.status(options: DmOptions()), blockSize: blockSize)

    // The suspension freezes the file system, so the snapshot is one of a clean file system.
    let before = try await digest("/run/demo-alpha/letter")
    let snapshot = try await alpha.snapshot("demo-snapshot", pool: pool, thinId: 2)
    terminal.say("a snapshot shares every block, so it costs none")
    terminal.bar(try pool.status(options: DmOptions()), blockSize: blockSize)

    try await write("/run/demo-alpha/letter", mebibytes: 12)
    terminal.say("the letter is written anew: its blocks are alpha's own from now on")
    terminal.bar(try pool.status(options: DmOptions()), blockSize: blockSize)
    try await mount(snapshot, "demo-snapshot")
    let kept = try await digest("/run/demo-snapshot/letter")
    let changed = try await digest("/run/demo-alpha/letter")
    guard kept == before, changed != before else { throw Surprise("the snapshot has changed") }
    terminal.good("the snapshot still has the first letter")
    try await run("umount", "/run/demo-snapshot")
    try await run("umount", "/run/demo-alpha")
    try await snapshot.destroy(pool: pool)
  }

  /// A pool that runs full while somebody writes, and is extended under his hands.
  mutating func overflow(_ pool: ThinPoolDev, _ beta: ThinDev, _ data: LinearDev) async throws {
    terminal.chapter("Beta is filled, and the pool with it")
    guard case .working(let start) = try pool.status() else { throw Surprise("no pool") }
    let mark = try pool.parameters().lowWaterMark
    var event = try pool.info().eventNumber
    let node = try beta.devnode()
    let amount = start.data.total.rawValue * blockSize.rawValue * 512 / (1 << 20)
    let writer = Task {
      try await run("dd", "if=/dev/zero", "of=\(node)", "bs=1M", "count=\(amount)", "oflag=direct")
    }

    while true {
      let seen = try await dm.deviceWait(pool.id, after: event)
      event = seen.info.eventNumber
      guard case .working(let now) = try pool.status() else { throw Surprise("no pool") }
      if now.mode == .readWrite {
        terminal.event(
          "event \(event): \(now.data.free.rawValue) blocks are free, the mark is \(mark.rawValue)")
        terminal.bar(.working(now), blockSize: blockSize)
        continue
      }
      terminal.event("event \(event): the pool is full, and the writer waits")
      terminal.bar(.working(now), blockSize: blockSize)
      break
    }

    terminal.say("the second half of the disk joins the pool")
    try await pool.extendData(data, to: segment(dataDisk, dataSize))
    _ = try await writer.value
    terminal.good(
      "the writer has written \(Bytes(rawValue: UInt128(amount) << 20).iec) and knows of nothing")
    terminal.bar(try pool.status(options: DmOptions()), blockSize: blockSize)
  }

  struct Surprise: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
  }

  private func mount(_ device: ThinDev, _ name: String) async throws {
    try await run("mkdir", "-p", "/run/\(name)")
    try await run("mount", "\(device.devnode())", "/run/\(name)")
  }

  private func write(_ path: String, mebibytes: Int) async throws {
    try await run(
      "dd", "if=/dev/urandom", "of=\(path)", "bs=1M", "count=\(mebibytes)", "conv=fsync,notrunc")
  }

  private func digest(_ path: String) async throws -> String {
    try await String(run("sha256sum", path).prefix(64))
  }
}
