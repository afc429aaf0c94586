import ArgumentParser
import DeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage

@main
struct IntegrityFormat: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "integrity-format",
    abstract: "Gives a disk checksums, and shows what becomes of a sector that rots.",
    discussion: "The disk is overwritten.")

  @Argument(help: "The disk.") var disk: String
  @Option(help: "What makes the checksums.") var hash = "sha256"

  func run() async throws {
    guard let below = DeviceReference(disk), let hash = TargetWord(hash) else {
      throw ValidationError("a disk is a path or a number such as 7:0, a hash is a word")
    }
    var features = IntegrityFeatures()
    features.internalHash = IntegrityAlgorithm(hash)
    features.recalculation = .resumed
    let parameters = try IntegrityTargetParams(device: below, mode: .direct, features: features)
    let integrity = try await IntegrityDev.format(
      DM(), "example-integrity", parameters, options: .privateDevice)
    do {
      try await tell(integrity, below.resolved().size())
    } catch {
      try await integrity.remove(options: .privateDevice)
      throw error
    }
    try await integrity.remove(options: .privateDevice)
  }

  private func tell(_ integrity: IntegrityDev, _ size: Sectors) async throws {
    let usable = try integrity.size()
    print("Of \(size.bytes.iec), \(usable.bytes.iec) are for data, the rest for checksums.")
    try await integrity.waitUntilRecalculated()
    print("Every sector has its checksum.\n")

    let message = [UInt8]("What is written here stays as it is. ".utf8)
    try write(integrity.devnode(), message, at: 0)
    print("read: \(try read(integrity.devnode(), count: message.count))")

    // The disk rots: one bit of the message, behind the back of the device.
    let place = try find(message)
    try write(FilePath(disk), [message[0] ^ 1], at: place)
    print("One bit of \(disk) flips, at byte \(place).")
    do {
      print("read: \(try read(integrity.devnode(), count: message.count))")
    } catch let error as Errno {
      print("read: ✗ \(error)")
    }
    let status = try integrity.status()
    print("status: \(status.health)")
  }

  private func write(_ path: FilePath, _ bytes: [UInt8], at place: Int64) throws {
    let file = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
    try file.closeAfter {
      _ = try file.writeAll(toAbsoluteOffset: place, bytes)
      guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
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

  /// Looks for the message on the disk below.
  private func find(_ message: [UInt8]) throws -> Int64 {
    let file = try FileDescriptor.open(FilePath(disk), .readOnly, options: .closeOnExec)
    return try file.closeAfter {
      var block = [UInt8](repeating: 0, count: 4096)
      var place: Int64 = 0
      while true {
        let count = try unsafe block.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        if count == 0 { throw ValidationError("the message isn't on the disk") }
        if block.starts(with: message) { return place }
        place += Int64(count)
      }
    }
  }
}
