import Glibc

/// The program `dmstats`.
struct ProgramSide: Side {
  let name = "dmstats"
  private let file: ExtentFile
  /// The words that name the device.
  private let device: [String]

  init(_ file: ExtentFile) throws {
    self.file = file
    let device = file.device
    let major = (device >> 8 & 0xfff) | (device >> 32 & ~0xfff)
    let minor = (device & 0xff) | (device >> 12 & ~0xff)
    self.device = ["--major", "\(major)", "--minor", "\(minor)"]
  }

  private func dmstats(_ words: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var arguments = (["dmstats"] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, "dmstats", &actions, nil, &arguments, environ) == 0 else {
      throw Failed("dmstats")
    }
    var status: CInt = 0
    waitpid(process, &status, 0)
    guard status == 0 else { throw Failed("dmstats \(words)") }
  }

  func create() throws {
    try dmstats(["create", "--filemap", "--nomonitor", "--alias", "f", "\(file.path)"])
  }
  func list() throws { try dmstats(["list", "--group"] + device) }
  func report() throws { try dmstats(["report", "--group"] + device) }
  func update() throws {
    try dmstats(["update_filemap", "--nomonitor", "--groupid", "0", "\(file.path)"])
  }
  func delete() throws { try dmstats(["delete", "--groupid", "0"] + device) }
}
