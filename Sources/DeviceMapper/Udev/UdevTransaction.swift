import CDeviceMapper
import Glibc

/// A semaphore that udev counts down when it has handled a command's uevent: a udev cookie.
///
/// libdevmapper makes, counts down and removes the semaphore; the command itself is ours. Every
/// transaction ends in ``cancel()`` or ``finish(_:upTo:)``, which leave no semaphore.
struct UdevTransaction: ~Copyable {
  /// The key of the semaphore; zero when nobody is waited for.
  private let cookie: UInt32
  private let flags: DmCookie

  /// Whether udev runs and is to be waited for: not with `DM_DISABLE_UDEV` in the environment,
  /// without System V semaphores or without `/run/udev/control`.
  static var isSynchronized: Bool {
    (try? Library.call { dm_udev_get_sync_support() != 0 }) ?? false
  }

  /// Begins a transaction for one command.
  init(_ flags: DmCookie, _ synchronization: UdevSynchronization) throws(DmError) {
    self.flags = flags.union(.primarySource)
    guard synchronization != .none, Self.isSynchronized else {
      cookie = 0
      return
    }
    do { cookie = try Library.call { Self.makeCookie() } } catch { throw DmError(error) }
  }

  private static func makeCookie() -> UInt32? {
    var cookie: UInt32 = 0
    guard unsafe dm_udev_create_cookie(&cookie) != 0 else { return nil }
    if cookie == 0 { return cookie }
    // The count begins at one, for the waiter; one more is for udev.
    let semaphore = semget(key_t(bitPattern: cookie), 1, 0)
    var operation = sembuf(sem_num: 0, sem_op: 1, sem_flg: 0)
    if semaphore >= 0, unsafe semop(semaphore, &operation, 1) == 0 { return cookie }
    var ready: CInt = 0
    _ = unsafe dm_udev_wait_immediate(cookie, &ready)
    return nil
  }

  /// What the request carries to udev in the place of an event number.
  var eventNumber: UInt32 { UInt32(flags.rawValue) << 16 | cookie & 0xffff }

  /// Ends the transaction of a command that failed.
  consuming func cancel() { abandon() }

  /// Ends the transaction of a command that succeeded, once udev has handled its uevent.
  ///
  /// - Parameters:
  ///   - wasSent: Whether the kernel sent a uevent at all.
  ///   - limit: How long to wait.
  consuming func finish(_ wasSent: Bool, upTo limit: UdevSynchronization) async throws(DmError) {
    guard cookie != 0 else { return }
    guard wasSent, case .wait(let limit) = limit else {
      abandon()
      return
    }
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: limit)
    var pause = Duration.microseconds(200)
    while !isReady() {
      if Task.isCancelled {
        abandon()
        throw DmError(.cancelled)
      }
      guard clock.now < deadline else {
        abandon()
        throw DmError(.udevTimeout)
      }
      try? await clock.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(20))
    }
  }

  /// Whether udev is done; the semaphore is gone then.
  private func isReady() -> Bool {
    let isReady = try? Library.call { () -> Bool? in
      var ready: CInt = 0
      return unsafe dm_udev_wait_immediate(cookie, &ready) != 0 ? ready != 0 : nil
    }
    // A semaphore that somebody removed, such as `dmsetup udevcomplete_all`, is one to wait for no
    // longer.
    return isReady ?? true
  }

  /// Removes the semaphore in udev's place.
  private func abandon() {
    guard cookie != 0 else { return }
    _ = try? Library.call { () -> Bool? in
      var ready: CInt = 0
      _ = dm_udev_complete(cookie)
      _ = unsafe dm_udev_wait_immediate(cookie, &ready)
      return true
    }
  }
}
