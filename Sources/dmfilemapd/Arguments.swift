import FilemapStats
import SystemPackage

/// What the command line says.
struct Arguments {
  var fd: CInt
  var group: GroupId
  var path: FilePath
  var mode: FilemapMode
  var foreground = false
  var verbose = 0

  /// Why the command line isn't accepted.
  struct Failure: Error {
    var message: String
    var showsUsage = false
  }

  static let usage =
    "usage: dmfilemapd <fd> <group_id> <abs_path> <mode> [<foreground>[<log_level>]]"

  /// Reads the words behind the program's name; words behind the sixth are ignored.
  ///
  /// - Parameter path: The third word byte for byte.
  init(_ words: [String], path: FilePath?) throws(Failure) {
    guard words.count >= 4 else {
      throw Failure(message: "Wrong number of arguments.", showsUsage: true)
    }
    guard let fd = Self.integer(words[0]), let descriptor = CInt(exactly: fd) else {
      throw Failure(message: "Could not parse file descriptor: \(words[0])")
    }
    guard let number = Self.integer(words[1]), let group = UInt32(exactly: number) else {
      throw Failure(message: "Could not parse group identifier: \(words[1])")
    }
    guard let path, !path.isEmpty else { throw Failure(message: "Path argument is required.") }
    guard path.isAbsolute else {
      throw Failure(message: "Path argument must specify an absolute path.")
    }
    if words[3].isEmpty { throw Failure(message: "Mode argument is required.") }
    guard let mode = FilemapMode(words[3]) else {
      throw Failure(message: "Could not parse dmfilemapd mode: \(words[3])")
    }
    self.fd = descriptor
    self.group = GroupId(rawValue: group)
    self.path = path
    self.mode = mode
    if words.count > 4 {
      guard let foreground = Self.integer(words[4]) else {
        throw Failure(message: "Could not parse debug argument: \(words[4]).")
      }
      self.foreground = foreground != 0
    }
    if words.count > 5 {
      guard let verbose = Self.integer(words[5]) else {
        throw Failure(message: "Could not parse verbose argument: \(words[5])")
      }
      guard (0...3).contains(verbose) else {
        throw Failure(message: "Verbose argument out of range: \(verbose).")
      }
      self.verbose = Int(verbose)
    }
  }

  /// Reads a decimal number with or without a sign.
  private static func integer(_ word: String) -> Int64? { Int64(word) }
}
