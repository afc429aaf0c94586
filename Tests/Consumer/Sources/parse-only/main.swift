import DeviceMapperTargets

// Standard input: lines of `dmsetup status NAME`. The name is the first argument.
let name = CommandLine.arguments.dropFirst().first ?? "device"
while let text = readLine() {
  do {
    let line = try TargetLine<AnyStatus>(parsing: text)
    if case .thinPool(.working(let pool)) = line.content {
      let metadata = pool.metadata
      print("\(name): \(metadata.used.rawValue) of \(metadata.total), \(line.content.health)")
    } else {
      print("\(name): \(line.content.health)")
    }
  } catch {
    print("\(name): \(error)")
  }
}
