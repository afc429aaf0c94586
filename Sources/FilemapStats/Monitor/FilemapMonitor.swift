public import DeviceMapper
import Glibc
public import SystemPackage

/// Keeps a group's regions on a file, inside of any program: what `dmfilemapd` does as a process.
///
/// It reacts to the kernel's announcements and costs next to nothing while nothing happens. The
/// regions stay as they are when it ends, but for a file that has become empty, which has none.
public struct FilemapMonitor: Sendable {
  private let dm: DM
  private let file: SharedFile
  private let path: FilePath
  private let group: GroupId
  private let mode: FilemapMode
  private let settings: FilemapSettings

  /// Prepares to follow a file.
  ///
  /// - Parameters:
  ///   - dm: A context.
  ///   - file: The file, open for reading. The monitor opens it for itself; while anybody else,
  ///     the caller included, has an unlinked file open, it is followed by inode.
  ///   - path: The path of the file; what it is for depends on the mode.
  ///   - group: The group that maps the file.
  ///   - mode: What is followed.
  ///   - settings: How it works.
  /// - Throws: ``StatsError`` with ``StatsError/Code/file`` if the descriptor is none.
  public init(
    _ dm: DM, file: FileDescriptor, path: FilePath, group: GroupId, mode: FilemapMode,
    settings: FilemapSettings = FilemapSettings()
  ) throws(StatsError) {
    self.dm = dm
    self.file = SharedFile(try OpenFile(reopening: file))
    self.path = path
    self.group = group
    self.mode = mode
    self.settings = settings
  }
}

extension FilemapMonitor {
  /// Follows the file until the group is gone, the file is, or the task is cancelled.
  ///
  /// It works on a thread of its own, so that a flush of the file, which may take long, holds up
  /// nobody.
  ///
  /// - Parameter report: Gets everything that is done or noticed, on that thread.
  /// - Throws: ``StatsError`` if a step failed.
  @discardableResult
  public func run(
    _ report: @Sendable @escaping (FilemapEvent) -> Void = { _ in }
  ) async throws(StatsError) -> FilemapEnd {
    let bell: Bell
    do { bell = try Bell() } catch { throw StatsError(.file, errno: error) }
    // The handler rethrows without a type.
    let result: Result<FilemapEnd, StatsError> = await withTaskCancellationHandler {
      do throws(StatsError) {
        return .success(
          try await onOwnThread { () throws(StatsError) in try follow(bell, report) })
      } catch {
        return .failure(error)
      }
    } onCancel: {
      bell.ring()
    }
    return try result.get()
  }

  /// Follows the file, and tells of everything that is done or noticed.
  ///
  /// The last event is ``FilemapEvent/ended(_:)`` or ``FilemapEvent/failed(_:)``. The monitoring stops
  /// when nobody reads the events any more.
  public func events() -> AsyncStream<FilemapEvent> {
    AsyncStream { continuation in
      let task = Task {
        do throws(StatsError) {
          try await run { continuation.yield($0) }
        } catch {
          continuation.yield(.failed(error))
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  private func follow(
    _ bell: Bell, _ report: (FilemapEvent) -> Void
  ) throws(StatsError) -> FilemapEnd {
    var follower = try FilemapFollower(
      dm, file: file.descriptor, path: path, group: group, mode: mode, settings: settings)
    while true {
      switch try follower.step(report) {
      case .ended(let end): return end
      case .wait(let duration, let isListening):
        let watched = isListening ? follower.watchDescriptor : nil
        if bell.wait(duration, or: watched) {
          report(.ended(.cancelled))
          return .cancelled
        }
      }
    }
  }
}

/// A descriptor that copies of a value share.
private final class SharedFile: Sendable {
  private let file: OpenFile

  init(_ file: consuming OpenFile) { self.file = file }

  var descriptor: FileDescriptor { file.descriptor }
}

/// Wakes up a thread that waits for descriptors.
private final class Bell: Sendable {
  private let reading: FileDescriptor
  private let writing: FileDescriptor

  init() throws(Errno) {
    var ends: [CInt] = [-1, -1]
    let result = unsafe ends.withUnsafeMutableBufferPointer { ends in
      unsafe Glibc.pipe(ends.baseAddress)
    }
    guard result == 0 else { throw Errno(rawValue: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reading = FileDescriptor(rawValue: ends[0])
    writing = FileDescriptor(rawValue: ends[1])
  }

  deinit {
    try? reading.close()
    try? writing.close()
  }

  /// Ends the wait, and every later one.
  func ring() { _ = unsafe Glibc.write(writing.rawValue, "!", 1) }

  /// Waits until the time is over or `other` is readable, and tells whether the bell has been rung.
  func wait(_ duration: Duration, or other: FileDescriptor?) -> Bool {
    var descriptors = [pollfd(fd: reading.rawValue, events: Int16(POLLIN), revents: 0)]
    if let other {
      descriptors.append(pollfd(fd: other.rawValue, events: Int16(POLLIN), revents: 0))
    }
    // Rounded up: a wait that ends too soon would only be followed by another.
    let milliseconds = (duration.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    let ready = unsafe descriptors.withUnsafeMutableBufferPointer { descriptors in
      unsafe poll(
        descriptors.baseAddress, nfds_t(descriptors.count), CInt(clamping: milliseconds))
    }
    return ready > 0 && descriptors[0].revents != 0
  }
}
