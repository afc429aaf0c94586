import ArgumentParser
import DeviceMapper
import DeviceMapperTargets
import SystemPackage

@main
struct RaidReplace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "raid-replace",
    abstract: "Lets a disk of a RAID 1 fail under load, and puts another in its place.",
    discussion: "The disks are overwritten.")

  @Argument(help: "Two disks of equal size, and a third one to replace the second.")
  var disks: [String]

  /// A leg: a little for what md keeps there, and the data.
  private struct Leg {
    var metadata: LinearDev
    var data: LinearDev

    func member() throws -> RaidTargetParams.Member {
      RaidTargetParams.Member(
        metadata: .number(try metadata.device()), data: .number(try data.device()))
    }
  }

  private static let metadataSize: Sectors = 8192

  func validate() throws {
    guard disks.count == 3 else { throw ValidationError("three disks are needed") }
  }

  func run() async throws {
    let dm = try DM()
    let references = disks.compactMap { DeviceReference($0) }
    let sizes = try references.map { try $0.resolved().size() - Self.metadataSize }
    guard let length = sizes.min(), references.count == disks.count else {
      throw ValidationError("a disk is a path or a number such as 7:0")
    }
    var legs: [Leg] = []
    for (index, disk) in references.enumerated() {
      legs.append(try await leg(dm, index, of: disk, length))
    }

    let raid = try await RaidDev.create(
      dm, "example-raid",
      RaidTargetParams(type: .raid1, chunkSize: 0, devices: legs[..<2].map { try $0.member() }),
      length: length)
    try await follow("the disks are made equal", raid)
    try write("safe and sound", to: raid)

    print("\(disks[1]) fails.")
    try dm.tableLoad(
      legs[1].data.id, TargetTable(length: length, AnyTarget.error(ErrorTargetParams())))
    try await legs[1].data.resume(options: .privateDevice)
    try write("safe and sound, still", to: raid)
    print("  \(try raid.status().health)")

    print("\(disks[2]) takes its place.")
    try await raid.replaceLeg(1, with: legs[2].member())
    try await follow("the new disk gets its content", raid)
    print("  \(try raid.status().health)")

    print("A scrub finds \(try await raid.scrub()) differing sectors.")
    try await raid.remove()
    print("On \(disks[2]): \(try read(legs[2].data.devnode(), count: 21))")
    for leg in legs {
      try await leg.data.remove(options: .privateDevice)
      try await leg.metadata.remove(options: .privateDevice)
    }
  }

  /// Cuts a disk into the two parts of a leg.
  private func leg(
    _ dm: DM, _ index: Int, of disk: DeviceReference, _ length: Sectors
  ) async throws -> Leg {
    func part(_ name: String, from start: Sectors, _ length: Sectors) async throws -> LinearDev {
      let line = LinearTargetParams(device: disk, start: start)
      return try await LinearDev.create(
        dm, DmName("example-\(name)-\(index)"), table: TargetTable(length: length, .linear(line)),
        options: .privateDevice)
    }
    let leg = Leg(
      metadata: try await part("metadata", from: 0, Self.metadataSize),
      data: try await part("data", from: Self.metadataSize, length))
    // Metadata of another array would be taken for this one's.
    try write(leg.metadata.devnode(), [UInt8](repeating: 0, count: 65536))
    return leg
  }

  /// Shows how far the array is until all legs are in sync.
  private func follow(_ title: String, _ raid: RaidDev) async throws {
    var last = -1
    try await raid.wait(every: .milliseconds(20)) { status in
      let percent = Int(status.progress.fraction * 100)
      let bar = String(repeating: "█", count: percent / 5)
      if percent / 25 > last {
        print("  \(title): \(bar)\(String(repeating: "·", count: 20 - percent / 5)) \(percent) %")
        last = percent / 25
      }
      return status.isInSync
    }
  }

  private func write(_ text: String, to raid: RaidDev) throws {
    try write(raid.devnode(), [UInt8](text.utf8))
    print("  written: \(text)")
  }

  private func write(_ path: FilePath, _ bytes: [UInt8]) throws {
    let file = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
    // The last close of a block device writes everything that waits.
    try file.closeAfter { _ = try file.writeAll(bytes) }
  }

  private func read(_ path: FilePath, count: Int) throws -> String {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    return try file.closeAfter {
      var bytes = [UInt8](repeating: 0, count: count)
      _ = try unsafe bytes.withUnsafeMutableBytes {
        try unsafe file.read(fromAbsoluteOffset: 0, into: $0)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
