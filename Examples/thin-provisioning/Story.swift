import DeviceMapper
import DeviceMapperTargets
import Foundation
import SystemPackage

/// The life of a thin pool, from two bare disks and back to them.
struct Story {
  let dm: DM
  let metadataDisk: Device
  let dataDisk: Device
  let dataSize: Sectors
  let blockSize: Sectors = 128
  var terminal = Terminal()

  struct NotADisk: Error, CustomStringConvertible {
    var path: String
    var description: String { "\(path) is no block device" }
  }

  init(metadataDisk: String, dataDisk: String) throws {
    func disk(_ path: String) throws -> Device {
      guard let device = try devnodeToDevno(.init(path)) else { throw NotADisk(path: path) }
      return device
    }
    dm = try DM()
    self.metadataDisk = try disk(metadataDisk)
    self.dataDisk = try disk(dataDisk)
    dataSize = try self.dataDisk.size()
  }

  /// A table of one segment: the first `length` sectors of a disk.
  func segment(_ disk: Device, _ length: Sectors) throws -> TargetTable<LinearDevTargetParams> {
    try TargetTable(
      length: length, .linear(LinearTargetParams(device: .number(disk), start: 0)))
  }

  mutating func tell() async throws {
    terminal.chapter("Two disks and a kernel")
    let kernel = try await run("uname", "-r")
    let pool = try dm.targetVersion(.thinPool)
    terminal.say("Linux \(kernel), device-mapper \(try dm.version()), thin-pool \(pool)")
    terminal.say("metadata: \(try metadataDisk.size().bytes.iec), data: \(dataSize.bytes.iec)")

    let half = (dataSize / 2).roundedDown(toMultipleOf: blockSize)
    let metadata = try await LinearDev.create(
      dm, "demo-metadata", table: segment(metadataDisk, metadataDisk.size()))
    let data = try await LinearDev.create(dm, "demo-data", table: segment(dataDisk, half))
    try await wipe(metadata)

    do {
      try await provision(metadata, data)
    } catch {
      // An example cleans up behind itself, so that it can be run again.
      for name: DmName in ["demo-snapshot", "demo-alpha", "demo-beta", "demo-pool"] {
        _ = try? await run("umount", "/run/\(name)")
        _ = try? await dm.deviceRemove(.name(name))
      }
      _ = try? await data.remove()
      _ = try? await metadata.remove()
      throw error
    }
    try await data.remove()
    try await metadata.remove()
    terminal.good("everything is removed")
  }

  /// Zeroes the first block, without which the pool would take what is there for its metadata.
  func wipe(_ device: LinearDev) async throws {
    try await run(
      "dd", "if=/dev/zero", "of=\(device.devnode())", "bs=4k", "count=1", "oflag=direct")
  }

  mutating func provision(_ metadata: LinearDev, _ data: LinearDev) async throws {
    let total = DataBlocks(rawValue: try data.size() / blockSize)
    let pool = try await ThinPoolDev.create(
      dm, "demo-pool",
      ThinPoolTargetParams(
        metadataDevice: .number(metadata.device()), dataDevice: .number(data.device()),
        dataBlockSize: blockSize, lowWaterMark: total / 4))
    terminal.chapter("A pool, and two volumes that are larger than it")
    let length = Sectors(rawValue: 2 * dataSize.rawValue)
    let alpha = try await ThinDev.create(
      dm, "demo-alpha", pool: pool, thinId: 0, length: length)
    let beta = try await ThinDev.create(dm, "demo-beta", pool: pool, thinId: 1, length: length)
    terminal.say("alpha and beta: \(length.bytes.iec) each, in blocks of \(blockSize.bytes.iec)")
    terminal.bar(try pool.status(), blockSize: blockSize)

    try await fileSystem(pool, alpha)
    try await overflow(pool, beta, data)

    terminal.chapter("The same in dmsetup's eyes")
    let theirs = try await run("dmsetup", "status", "demo-pool")
    terminal.say(theirs)
    let ours = try dm.tableStatus(pool.id).lines.map { "\($0)" }.joined(separator: "\n")
    guard try TargetLine<AnyStatus>(parsing: theirs).description == ours else {
      throw Disagreement(ours: ours, theirs: theirs)
    }
    terminal.good("equal to ours, field by field")

    terminal.chapter("The end")
    try await alpha.remove()
    try await beta.destroy(pool: pool, discarding: true)
    terminal.say("beta is discarded and deleted")
    terminal.bar(try pool.status(options: DmOptions()), blockSize: blockSize)
    try await pool.remove()
    try await run("thin_check", "\(metadata.devnode())")
    terminal.good("thin_check finds the metadata clean")
  }

  struct Disagreement: Error, CustomStringConvertible {
    var ours: String
    var theirs: String
    var description: String { "dmsetup says \(theirs), this package says \(ours)" }
  }
}
