import DeviceMapper
import DeviceMapperTargets
import FilemapStats
import Glibc
import SystemPackage

// Synchronous from the first line to the last: nothing may have started a thread before the process
// has detached.

/// Follows the file until it is over, and returns the exit status.
func follow(_ follower: consuming FilemapFollower, _ journal: Journal, _ gate: SignalGate) -> Int32
{
  var follower = follower
  do throws(StatsError) {
    while true {
      switch try follower.step(journal.tell) {
      case .ended(.pathMissing):
        journal.warn("Exiting")
        return 1
      case .ended: return 0
      case .wait(let duration, let isListening):
        journal.say(3, "Waiting for check interval")
        gate.wait(duration, or: isListening ? follower.watchDescriptor : nil)
      }
    }
  } catch {
    journal.warn("\(error)")
    journal.warn("Failed to update filemap regions for group_id=\(follower.group).")
    journal.warn("Exiting")
    return 1
  }
}

Process.openStandardStreams()
let arguments: Arguments
do throws(Arguments.Failure) {
  // The path byte for byte: a name needn't be UTF-8.
  let path =
    unsafe CommandLine.argc > 3
    ? CommandLine.unsafeArgv[3].map { unsafe FilePath(platformString: $0) } : nil
  arguments = try Arguments(Array(CommandLine.arguments.dropFirst()), path: path)
} catch {
  Journal.write(error.message, to: .standardError)
  if error.showsUsage { Journal.write(Arguments.usage, to: .standardError) }
  exit(1)
}

if !arguments.foreground { Process.closeStrangers(but: arguments.fd) }
var status = stat()
let hasFile = unsafe fstat(arguments.fd, &status) == 0
let device = Device(deviceNumber: UInt64(status.st_dev))
let journal = Journal(verbose: arguments.verbose, fd: arguments.fd, device: "\(device)")
journal.say(
  1,
  "Starting dmfilemapd with fd=\(arguments.fd), group_id=\(arguments.group) "
    + "mode=\(arguments.mode), path=\"\(arguments.path)\"")
guard hasFile else {
  journal.warn("fstat failed for fd \(arguments.fd).")
  journal.warn("Exiting")
  exit(1)
}
let follower: FilemapFollower
do {
  follower = try FilemapFollower(
    DM(), file: FileDescriptor(rawValue: arguments.fd), path: arguments.path,
    group: arguments.group, mode: arguments.mode, settings: FilemapSettings())
} catch {
  journal.warn("\(error)")
  journal.warn("Could not bind dm_stats handle to file descriptor \(arguments.fd)")
  journal.warn("Exiting")
  exit(1)
}
if !arguments.foreground {
  do {
    try Process.detach { journal.say(1, "Started dmfilemapd with pid=\($0)") }
  } catch {
    journal.warn("fork: \(error)")
    journal.warn("Exiting")
    exit(1)
  }
  if arguments.verbose == 0 { for stream in CInt(0)...2 { Process.redirect(stream) } }
}
Process.release(arguments.fd)
exit(follow(follower, journal, SignalGate()))
