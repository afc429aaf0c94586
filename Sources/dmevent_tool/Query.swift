import DeviceMapper

/// What `--query` does.
struct Query {
  private let options: Options

  init(_ options: Options) { self.options = options }

  func write() throws {
    let dm = try DM()
    if options.isDebug { Output.error("interface \(try dm.version())") }
    let report = Report(isJSON: options.isJSON, isVerbose: options.isVerbose)
    for device in try dm.conditions(of: options.families, where: { !options.ignores($0) }) {
      for target in device.targets {
        try Output.line(report.line(target, of: device.device))
      }
    }
  }
}
