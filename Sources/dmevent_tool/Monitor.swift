import DeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage

/// Reports events until it is told to stop.
struct Monitor {
  /// How often targets are asked of which the kernel raises no event, if there are any.
  private static let pollInterval = Duration.seconds(10)

  private let options: Options
  private let report: Report
  private let launch = BackgroundLaunch.current

  init(_ options: Options) {
    self.options = options
    report = Report(isJSON: options.isJSON, isVerbose: options.isVerbose)
  }

  func run() async throws {
    let signals = Signals()
    let dm = try DM()
    let pidfile = try takePidfile()
    defer { pidfile?.remove() }
    launch?.leaveFolder()
    var isArmed = false
    while true {
      let events = try await dm.events(eventOptions)
      signals.interrupt(events)
      if !isArmed { try launch?.reportReady() }
      isArmed = true
      log("monitoring is armed", .debug)
      for try await event in events {
        try write(event)
        // Devices that come and go are told in passing.
        if options.endsAfterOne, event.kind.family != .device { return }
      }
      guard signals.request() == .beginAnew else { return }
      log("taking a new baseline", .debug)
    }
  }

  private func takePidfile() throws(Failure) -> Pidfile? {
    guard let path = options.pidfile else { return nil }
    guard let folder = unsafe getcwd(nil, 0) else {
      throw Failure("pidfile \(path): there is no current folder")
    }
    defer { unsafe free(folder) }
    return try Pidfile(FilePath(unsafe String(cString: folder)).pushing(FilePath(path)))
  }

  private var eventOptions: EventOptions {
    var families = options.families
    if options.isVerbose { families.insert(.device) }
    var trace: (@Sendable (EventTrace) -> Void)?
    if options.isDebug { trace = { log("\($0)", .debug) } }
    return EventOptions(
      families: families, pollInterval: Self.pollInterval,
      isIncluded: { !options.ignores($0) }, trace: trace)
  }

  private func write(_ event: DmEvent) throws(Failure) {
    let line = try report.line(event)
    guard launch != nil else {
      let time = options.isJSON ? "" : Report.time() + " "
      return try Output.line(time + line)
    }
    let priority: SystemLog.Priority =
      switch event.target?.status.health.level {
      case .failed: .error
      case .degraded: .warning
      case .healthy, nil: .notice
      }
    SystemLog.write(line, priority)
  }

  private func log(_ text: String, _ priority: SystemLog.Priority) {
    guard options.isDebug else { return }
    if launch != nil {
      SystemLog.write(text.singleLine, priority)
    } else {
      Output.error(text.singleLine)
    }
  }
}
