import Testing

/// What `dmfilemapd` says before it needs a kernel.
struct DmfilemapdTests {
  private let dmfilemapd = Command("dmfilemapd")
  private static let usage =
    "usage: dmfilemapd <fd> <group_id> <abs_path> <mode> [<foreground>[<log_level>]]"

  @Test(arguments: [
    [], ["3"], ["3", "0", "/data"],
  ])
  func `too few arguments are answered with the usage`(arguments: [String]) async throws {
    let ended = try await dmfilemapd.run(arguments)
    #expect(ended.status == 1)
    #expect(ended.output == "")
    #expect(ended.errors == "Wrong number of arguments.\n\(Self.usage)\n")
  }

  @Test(arguments: [
    (["x", "0", "/data", "inode"], "Could not parse file descriptor: x"),
    (["3x", "0", "/data", "inode"], "Could not parse file descriptor: 3x"),
    (["", "0", "/data", "inode"], "Could not parse file descriptor: "),
    (["99999999999", "0", "/data", "inode"], "Could not parse file descriptor: 99999999999"),
    (["3", "x", "/data", "inode"], "Could not parse group identifier: x"),
    (["3", "-1", "/data", "inode"], "Could not parse group identifier: -1"),
    (["3", "0", "", "inode"], "Path argument is required."),
    (["3", "0", "data", "inode"], "Path argument must specify an absolute path."),
    (["3", "0", "/data", ""], "Mode argument is required."),
    (["3", "0", "/data", "Inode"], "Could not parse dmfilemapd mode: Inode"),
    (["3", "0", "/data", "path", "yes"], "Could not parse debug argument: yes."),
    (["3", "0", "/data", "path", "1", "x"], "Could not parse verbose argument: x"),
    (["3", "0", "/data", "path", "1", "4"], "Verbose argument out of range: 4."),
    (["3", "0", "/data", "path", "1", "-1"], "Verbose argument out of range: -1."),
  ])
  func `an argument that can't be is named`(
    arguments: [String], message: String
  ) async throws {
    let ended = try await dmfilemapd.run(arguments)
    #expect(ended.status == 1)
    #expect(ended.output == "")
    #expect(ended.errors == message + "\n")
  }

  @Test(arguments: ["0", "1"])
  func `a descriptor that isn't open is an error before anything is started`(
    foreground: String
  ) async throws {
    let ended = try await dmfilemapd.shell("$tool 9 0 /data inode \(foreground) 1 9<&-")
    #expect(ended.status == 1)
    #expect(
      ended.output == "Starting dmfilemapd with fd=9, group_id=0 mode=inode, path=\"/data\"\n")
    #expect(ended.errors == "fstat failed for fd 9.\nExiting\n")
  }

  @Test func `a descriptor below zero isn't open either`() async throws {
    let ended = try await dmfilemapd.run(["-1", "0", "/data", "inode", "1"])
    #expect(ended.status == 1)
    #expect(ended.errors == "fstat failed for fd -1.\nExiting\n")
  }
}
