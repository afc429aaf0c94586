import FilemapStats
import SystemPackage

/// Says what the daemon does, as much of it as was asked for.
struct Journal {
  /// From 0 to 3.
  let verbose: Int
  /// The number of the descriptor that the daemon was given.
  let fd: CInt
  let device: String

  /// Says something that is said from a level on.
  func say(_ level: Int, _ text: String) {
    if verbose >= level { Self.write(text, to: .standardOutput) }
  }

  /// Says something about which somebody should know; without a terminal nobody does.
  func warn(_ text: String) { Self.write(text, to: .standardError) }

  static func write(_ text: String, to output: FileDescriptor) {
    // There is nowhere to say that it can't be said.
    _ = try? output.writeAll((text + "\n").utf8)
  }

  /// Says what a follower reports: ends and turns at 1, looks with changes and what they changed at
  /// 2, every look and every region at 3.
  func tell(_ event: FilemapEvent) {
    switch event {
    case .found(let group, let alias):
      say(3, "Found group_id \(group): alias=\"\(alias?.description ?? "")\"")
    case .looked(let look):
      say(
        look.mayHaveChanged ? 2 : 3,
        "exiting _filemap_monitor_get_events() with deleted=\(look.isGone ? 1 : 0), "
          + "check=\(look.mayHaveChanged ? 1 : 0)")
    case .updated(let update): tell(update)
    case .waitingForPath: say(1, "Waiting for unlinked path")
    case .replaced: say(1, "File at path replaced: following the new one.")
    case .unlinkedAndOpen: say(1, "File unlinked and open: continuing.")
    case .notWatched(let reason): warn("inotify: \(reason): looking at the file regularly instead.")
    case .ended(.groupRemoved): say(1, "Filemap group removed: exiting.")
    case .ended(.unlinked): say(1, "File unlinked and closed: exiting.")
    case .ended(.noExtents): say(1, "File contains no extents: exiting.")
    case .ended(.pathMissing): warn("Could not re-open file descriptor.")
    case .ended(.cancelled): break
    case .failed(let error): warn("\(error)")
    }
  }

  private func tell(_ update: FilemapUpdate) {
    say(2, "Updating extents from fd \(fd) with group ID \(update.previousGroup) on (\(device))")
    if verbose >= 3 {
      for id in update.kept { say(3, "Kept region \(id)") }
      for id in update.deleted { say(3, "Deleted region \(id)") }
      for region in update.created {
        say(3, "Created new region mapping \(region.range) with region ID \(region.id)")
      }
    }
    say(2, "Kept \(update.kept.count) of \(update.kept.count + update.deleted.count) old extents")
    say(2, "Found \(update.created.count) new extents")
    if let group = update.group, group != update.previousGroup {
      warn("group_id changed from \(update.previousGroup) to \(group)")
    }
  }
}
