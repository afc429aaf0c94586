import Dispatch

/// The events of all devices, as they happen.
///
///     for try await event in try await dm.events() {
///       print(event)
///     }
///
/// The sequence begins with the call of ``DM/events(_:)``: what happens after that is delivered,
/// whenever it is asked for. It has a control descriptor of its own, on which the kernel says that
/// something has happened anywhere (`poll` and `DM_DEV_ARM_POLL`, kernel 4.14), and finds out what by
/// comparing the list of devices and the status of those whose event number has risen with how they
/// were. While nothing happens, no command is sent.
///
/// - Events are levels and no queue: the kernel keeps only a number, and who is slow gets the
///   difference between two looks, however much happened in between. A path that failed and came back
///   meanwhile has not failed. Nothing piles up.
/// - No task is held up: system calls are made on a queue of the sequence's own, since even a status
///   can wait, for example for a daemon that keeps a mirror's log.
/// - Cancelling the task that waits ends the sequence at once.
/// - One sequence is for one consumer. Each of several has its own; each costs a descriptor.
public struct DmEvents: AsyncSequence, Sendable {
  /// What the sequence delivers.
  public typealias Element = DmEvent
  /// What ends it, if not its consumer: a kernel that refuses to list its devices.
  public typealias Failure = DmError

  fileprivate let lease: Lease

  /// The way through the sequence.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let lease: Lease

    /// The next event, as soon as there is one; `nil` once the task is cancelled.
    public mutating func next() async throws(DmError) -> DmEvent? { try await lease.watch.next() }

    /// The next event, as soon as there is one; `nil` once the task is cancelled.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(DmError) -> DmEvent? {
      try await lease.watch.next()
    }
  }

  /// An iterator; all iterators of one sequence share its events.
  public func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

  /// Ends the sequence: whoever waits for an event gets `nil`.
  public func finish() { lease.watch.finish() }

  /// The watch, which ends when nobody has the sequence or a way through it any more.
  fileprivate final class Lease: Sendable {
    let watch: EventWatch
    init(_ watch: EventWatch) { self.watch = watch }
    deinit { watch.finish() }
  }
}

extension DM {
  /// The events of all devices from now on.
  ///
  /// When this returns, monitoring is armed: nothing that happens from here on is missed.
  ///
  /// - Parameter options: Which events, and whether targets are asked of which the kernel tells
  ///   nothing.
  /// - Throws: ``DmError`` with ``DmError/Code/unsupported`` on a kernel before 4.14,
  ///   ``DmError/Code/noContext`` if no further control descriptor can be opened.
  public func events(_ options: EventOptions = EventOptions()) async throws(DmError) -> DmEvents {
    let queue = DispatchQueue(label: "swift-devicemapper.events")
    let result: Result<EventWatch, DmError> = await withCheckedContinuation { continuation in
      queue.async {
        do throws(DmError) {
          var look = try DeviceLook(try DM(), options)
          let events = try look.baseline()
          continuation.resume(
            returning: .success(
              EventWatch(look, pending: events, pollInterval: options.pollInterval, on: queue)))
        } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return DmEvents(lease: DmEvents.Lease(try result.get()))
  }
}
