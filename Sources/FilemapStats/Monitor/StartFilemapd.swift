import CDeviceMapper
import Glibc
public import SystemPackage

/// Starts the daemon that keeps a group's regions on a file: `dm_stats_start_filemapd`.
///
/// The program `dmfilemapd` is looked for in `PATH`. In the background, the call waits until the
/// daemon has detached, and so knows that it runs. In the foreground, the daemon takes the place of
/// the calling process, as it does with the C function.
///
/// - Parameters:
///   - fd: The file, open for reading; the daemon gets a descriptor of the same number.
///   - group: The group that maps the file.
///   - path: The path of the file, absolute.
///   - mode: What the daemon follows.
///   - foreground: Whether this process becomes the daemon.
///   - verbose: How much the daemon says, from 0, at which it closes its standard streams, to 3.
/// - Throws: ``StatsError`` with ``StatsError/Code/invalidArgument``, or
///   ``StatsError/Code/notStarted`` with the reason.
public func startFilemapd(
  fd: FileDescriptor, group: GroupId, path: FilePath, mode: FilemapMode,
  foreground: Bool = false, verbose: Int = 0
) throws(StatsError) {
  guard fd.rawValue >= 0 else {
    throw StatsError(.invalidArgument, group: group, context: .argument("fd"))
  }
  guard path.isAbsolute else {
    throw StatsError(.invalidArgument, group: group, context: .path(path))
  }
  guard (0...3).contains(verbose) else {
    throw StatsError(.invalidArgument, group: group, context: .argument("verbose"))
  }
  let program = "dmfilemapd"
  var arguments = unsafe [
    strdup(program), strdup("\(fd.rawValue)"), strdup("\(group)"),
    path.withPlatformString { unsafe strdup($0) }, strdup(mode.rawValue),
    strdup(foreground ? "1" : "0"), strdup("\(verbose)"), nil,
  ]
  defer { unsafe arguments.forEach { unsafe free($0) } }

  if foreground {
    let flags = fcntl(fd.rawValue, F_GETFD)
    _ = fcntl(fd.rawValue, F_SETFD, flags & ~FD_CLOEXEC)
    _ = unsafe execvp(program, &arguments)
    let error = Errno(rawValue: errno)
    _ = fcntl(fd.rawValue, F_SETFD, flags)
    throw StatsError(.notStarted, group: group, errno: error)
  }
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  // Onto itself: the child's copy, and no other, is handed on to the program.
  unsafe posix_spawn_file_actions_adddup2(&actions, fd.rawValue, fd.rawValue)
  var child: pid_t = 0
  let failure = unsafe posix_spawnp(&child, program, &actions, nil, &arguments, environ)
  guard failure == 0 else {
    throw StatsError(.notStarted, group: group, errno: Errno(rawValue: failure))
  }
  // The child detaches the daemon and ends.
  var status: CInt = 0
  while unsafe waitpid(child, &status, 0) < 0 {
    // Somebody else in this process has waited for all children.
    guard errno == EINTR else { return }
  }
  guard status == 0 else {
    let code = status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f)
    throw StatsError(.notStarted, group: group, context: .status(code))
  }
}
