public import DeviceMapper
import Glibc
import Synchronization
public import SystemPackage

/// The commands of one context, which are counted, and some of which fail without reaching the kernel.
///
/// The program of the tests has a function `ioctl` of its own, below, in front of the C library's:
/// so a failure can be put anywhere without a line of the library that is there for tests only.
public enum Faults {
  /// What happens to which commands of a sequence, by their place in it.
  public struct Plan: Sendable {
    var numbers: ClosedRange<Int>
    /// The only command that is counted, if not all are.
    var command: DmCommand?
    var action: Action

    enum Action: Sendable {
      case fail(Errno)
      case before(@Sendable () -> Void)
    }

    /// The command at `number` fails, counted from 0.
    public static func failing(_ number: Int, errno: Errno = .ioError) -> Plan {
      Plan(numbers: number...number, action: .fail(errno))
    }

    /// The command at `number` fails, and all that follow.
    public static func failing(from number: Int, errno: Errno = .ioError) -> Plan {
      Plan(numbers: number ... .max, action: .fail(errno))
    }

    /// The command of a kind at `number` fails, counted from 0 among those of its kind.
    public static func failing(
      _ command: DmCommand, _ number: Int, errno: Errno = .ioError
    ) -> Plan {
      Plan(numbers: number...number, command: command, action: .fail(errno))
    }

    /// Something happens just before the command at `number`, which is then carried out.
    public static func before(_ number: Int, _ body: @escaping @Sendable () -> Void) -> Plan {
      Plan(numbers: number...number, action: .before(body))
    }
  }

  private struct Watch {
    var descriptor: CInt = -1
    var plan: Plan?
    var commands: [DmCommand] = []
  }

  private static let watch = Mutex(Watch())

  /// Carries out `body`, while commands of a context fail as planned.
  ///
  /// - Returns: The commands that the context sent, in their order, those that failed included.
  @discardableResult
  public static func watching(
    _ dm: DM, _ plan: Plan? = nil, _ body: () async throws -> Void
  ) async rethrows -> [DmCommand] {
    watch.withLock { $0 = Watch(descriptor: dm.controlDescriptor.rawValue, plan: plan) }
    defer { watch.withLock { $0 = Watch() } }
    try await body()
    return watch.withLock(\.commands)
  }

  /// Takes note of a request; the plan if it is one that something happens to.
  fileprivate static func note(_ descriptor: CInt, _ request: UInt) -> Plan.Action? {
    watch.withLock { watch in
      // 0xfd is the type of device-mapper's requests.
      guard descriptor == watch.descriptor, request >> 8 & 0xff == 0xfd,
        let command = DmCommand(rawValue: UInt8(truncatingIfNeeded: request))
      else { return nil }
      defer { watch.commands.append(command) }
      guard let plan = watch.plan else { return nil }
      let kind = plan.command ?? command
      let number = watch.commands.count { plan.command == nil || $0 == kind }
      return command == kind && plan.numbers.contains(number) ? plan.action : nil
    }
  }
}

private typealias Ioctl = @convention(c) (CInt, UInt, UnsafeMutableRawPointer?) -> CInt

/// The C library's function.
private let nextIoctl: Ioctl? = {
  // RTLD_NEXT
  let next = unsafe UnsafeMutableRawPointer(bitPattern: -1)
  guard let symbol = unsafe dlsym(next, "ioctl") else { return nil }
  return unsafe unsafeBitCast(symbol, to: Ioctl.self)
}()

/// Stands in front of the C library's function of this name in the program of the tests.
///
/// The name has the version that the runtime libraries ask for; a linker shows them only that one.
@_cdecl("ioctl@GLIBC_2.2.5")
public func watchedIoctl(
  _ descriptor: CInt, _ request: UInt, _ argument: UnsafeMutableRawPointer?
) -> CInt {
  switch Faults.note(descriptor, request) {
  case .fail(let error):
    errno = error.rawValue
    return -1
  case .before(let body): body()
  case nil: break
  }
  guard let nextIoctl = unsafe nextIoctl else {
    errno = ENOSYS
    return -1
  }
  return unsafe nextIoctl(descriptor, request, argument)
}
