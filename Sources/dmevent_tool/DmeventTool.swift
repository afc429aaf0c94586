import DeviceMapper
import Glibc
import SystemPackage

/// Reports events of device-mapper devices.
@main
struct DmeventTool {
  static func main() async {
    // A reader of the output that goes away is an error of a write, and not the end by a signal.
    signal(SIGPIPE, SIG_IGN)
    do {
      try await run(Options(Array(CommandLine.arguments.dropFirst())))
    } catch let error as UsageError {
      Output.error(error.message)
      exit(2)
    } catch {
      let message = Failure.message(error)
      if let launch = BackgroundLaunch.current {
        launch.report(failure: message)
        SystemLog.write(message, .error)
      } else {
        Output.error(message)
      }
      exit(1)
    }
  }

  private static func run(_ options: Options) async throws {
    switch options.action {
    case .help: try Output.write(Usage.help)
    case .version: try Output.line(Usage.version)
    case .listEvents: try EventList(options).write()
    case .query: try Query(options).write()
    case .monitor:
      if options.isForeground || BackgroundLaunch.current != nil {
        try await Monitor(options).run()
      } else {
        try BackgroundLaunch.start()
      }
    }
  }
}
