import DeviceMapperTargets
import SystemPackage

/// Writes whole lines, each at once, so that a reader has them when they are there.
enum Output {
  /// Writes a line and its newline.
  static func write(
    _ line: [UInt8], to descriptor: FileDescriptor = .standardOutput
  ) throws {
    do {
      try descriptor.writeAll(line + [UInt8(ascii: "\n")])
    } catch let error as Errno {
      throw OutputError(errno: error)
    }
  }

  /// Writes a text as a line.
  static func write(_ text: TargetText) throws {
    var line: [UInt8] = []
    line.reserveCapacity(text.count + 1)
    for index in text.bytes.indices { line.append(text.bytes[index]) }
    try write(line)
  }
}

/// Output that nobody has got.
struct OutputError: Error, CustomStringConvertible {
  var errno: Errno
  var description: String { "can't write: \(errno)" }
}
