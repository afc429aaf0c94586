import Glibc

/// The program `dmstats`.
struct ProgramSide: Side {
  let name = "dmstats"
  private let file: ExtentFile
  /// The words that name the device.
  private let device: [String]
  /// Where valgrind writes what it counted, but for the name of the operation.
  private let counts: String?

  init(_ file: ExtentFile, counts: String?) throws {
    self.file = file
    self.counts = counts
    let device = file.device
    let major = (device >> 8 & 0xfff) | (device >> 32 & ~0xfff)
    let minor = (device & 0xff) | (device >> 12 & ~0xff)
    self.device = ["--major", "\(major)", "--minor", "\(minor)"]
  }

  private func dmstats(_ operation: Operation, _ words: [String]) throws {
    var words = ["dmstats"] + words
    if let counts {
      words =
        [
          "valgrind", "--quiet", "--tool=callgrind", "--collect-systime=yes",
          "--callgrind-out-file=\(counts)-\(operation)",
        ] + words
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, words[0], &actions, nil, &arguments, environ) == 0 else {
      throw Failed(words[0])
    }
    var status: CInt = 0
    waitpid(process, &status, 0)
    guard status == 0 else { throw Failed("\(words)") }
  }

  func create() throws {
    try dmstats(.create, ["create", "--filemap", "--nomonitor", "--alias", "f", "\(file.path)"])
  }
  func list() throws { try dmstats(.list, ["list", "--group"] + device) }
  func report() throws { try dmstats(.report, ["report", "--region"] + device) }
  func sum() throws { try dmstats(.sum, ["report", "--group"] + device) }
  func update() throws {
    try dmstats(.update, ["update_filemap", "--nomonitor", "--groupid", "0", "\(file.path)"])
  }
  func delete() throws { try dmstats(.delete, ["delete", "--groupid", "0"] + device) }
}
