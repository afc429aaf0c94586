import ArgumentParser
import DeviceMapper
import DeviceMapperTargets
import Subprocess
import SystemPackage

@main
struct VerityImage: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verity-image",
    abstract: "Protects an image with a tree of hashes, and shows what becomes of a changed block.",
    discussion: "Both devices are overwritten. The hashes are made by veritysetup.")

  @Argument(help: "The device that holds the image.") var image: String
  @Argument(help: "The device for the hashes.") var hashes: String

  private static let device: DmName = "example-verity"
  private static let blockSize = 4096

  func run() async throws {
    guard let data = DeviceReference(image), let tree = DeviceReference(hashes) else {
      throw ValidationError("a device is a path or a number such as 7:0")
    }
    let blocks = try data.resolved().size().rawValue / 8
    try fill(blocks: 0..<Int(blocks), with: UInt8(ascii: "A"))
    let root = try await format()
    print("The root of the tree is \(root).")
    print("Who has it can trust \(blocks) blocks of \(image):\n")

    // What veritysetup wrote says everything else.
    let parameters = try await VerityTargetParams.reading(
      tree, dataDevice: data, rootDigest: root)
    try await show("As it was made", parameters)

    try fill(blocks: 1234..<1235, with: UInt8(ascii: "B"))
    try await show("After block 1234 was changed", parameters)
  }

  /// Opens the image, reads all of it and says what came of it.
  private func show(_ title: String, _ parameters: VerityTargetParams) async throws {
    let verity = try await VerityDev.create(
      DM(), Self.device, parameters, options: .privateDevice)
    let result = Result { try read(verity.devnode()) }
    let status = try verity.status()
    try await verity.remove(options: .privateDevice)

    print("\(title):")
    switch try result.get() {
    case (let count, nil): print("  ✓ \(Bytes(count).iec) read, \(status.state.keyword)")
    case (let count, let error?):
      print("  ✗ block \(count / UInt64(Self.blockSize)): \(error), \(status.state.keyword)")
    }
  }

  /// Reads until the end or an error, and returns how far that was.
  private func read(_ path: FilePath) throws -> (UInt64, Errno?) {
    let file = try FileDescriptor.open(path, .readOnly)
    return try file.closeAfter {
      var block = [UInt8](repeating: 0, count: Self.blockSize)
      var count: UInt64 = 0
      while true {
        do {
          let read = try unsafe block.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
          if read == 0 { return (count, nil) }
          count += UInt64(read)
        } catch let error as Errno { return (count, error) }
      }
    }
  }

  /// Overwrites blocks of the image.
  private func fill(blocks: Range<Int>, with byte: UInt8) throws {
    let file = try FileDescriptor.open(FilePath(image), .writeOnly)
    try file.closeAfter {
      let content = [UInt8](repeating: byte, count: blocks.count * Self.blockSize)
      try file.writeAll(toAbsoluteOffset: Int64(blocks.lowerBound * Self.blockSize), content)
    }
  }

  /// Makes the hashes and returns their root.
  private func format() async throws -> HexBytes {
    let result = try await Subprocess.run(
      .name("veritysetup"), arguments: ["format", image, hashes], output: .string(limit: 1 << 16),
      error: .string(limit: 1 << 16))
    for line in result.standardOutput.split(separator: "\n") where line.hasPrefix("Root hash:") {
      if let root = HexBytes(line.dropFirst(10).filter(\.isHexDigit)) { return root }
    }
    throw ValidationError("veritysetup: \(result.standardError)")
  }
}
