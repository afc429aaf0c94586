import DeviceMapper
import DeviceMapperTargets
import Foundation
import Testing

/// What the documentation shows of events; compiled and not run.
func extendWhenLow(_ dm: DM, extend: (DmName, DataBlocks) async throws -> Void) async throws {
  for try await event in try await dm.events(EventOptions(families: [.thin])) {
    guard event.kind == .thinLowWater,
      case .thinPool(.working(let pool)) = event.target?.status
    else { continue }
    try await extend(event.device.name, pool.data.free)
  }
}

func watchStratis(_ dm: DM) async throws -> DmEvents {
  try await dm.events(
    EventOptions(
      families: [.thin, .cache, .verity],
      // As the kernel tells nothing of verity.
      pollInterval: .seconds(10),
      isIncluded: { $0.uuid?.description.hasPrefix("stratis-") ?? false }))
}

func showWhatIsWrong(_ dm: DM) throws(DmError) {
  for device in try dm.conditions() {
    for target in device.targets where !target.conditions.isEmpty {
      print(device.device.name, target.conditions, target.status.health)
    }
  }
}

struct EventTableTests {
  @Test func `the table has every kind of event with its meaning`() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let page = try String(
      contentsOf: root.appending(path: "DocsSource/DeviceMapper.docc/WatchingEvents.md"),
      encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(
      rows.map(String.init)
        == DmEvent.Kind.all.map { "| `\($0.family)` | `\($0.name)` | \($0.summary) |" })
  }
}
