import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// `--live`: the same objects from the kernel as from what `dmsetup` prints.
@Suite(.serialized, .kernel(.zero, .error))
struct DmStatusJSONLiveTests {
  let tool = Command("dm-status-json")
  let dm: DM

  init() throws { dm = try DM() }

  private func withDevices(_ body: () async throws -> Void) async throws {
    let names: [DmName] = ["swift-test-one", "swift-test: 0 8 zero", "swift-test-empty"]
    for name in names { _ = try dm.deviceCreate(name) }
    let result: Result<Void, any Error>
    do {
      for name in names.dropLast() {
        let lines = [
          TargetLine(start: 0, length: 8, VerbatimTarget(.zero, "")),
          TargetLine(start: 8, length: 8, VerbatimTarget(.error, "")),
        ]
        try dm.tableLoad(.name(name), TargetTable(lines))
        try await dm.deviceResume(.name(name), options: DmOptions(udev: .none))
      }
      result = .success(try await body())
    } catch {
      result = .failure(error)
    }
    for name in names { try await dm.deviceRemove(.name(name), options: DmOptions(udev: .none)) }
    try result.get()
  }

  @Test(arguments: ["status", "table"])
  func `all devices are shown as dmsetup shows them`(kind: String) async throws {
    try await withDevices {
      let option = kind == "table" ? "--table" : ""
      let live = try await tool.shell("\"$tool\" --live \(option)")
      let piped = try await tool.shell(
        "PATH=$PATH:/usr/sbin dmsetup \(kind) --manglename none | grep ^swift-test | \"$tool\" \(option)"
      )
      #expect(live.status == 0)
      #expect(live.lines.count == 5)
      #expect(live.lines == piped.lines)
    }
  }

  @Test func `devices are asked for by name, and one that is missing is told`() async throws {
    try await withDevices {
      let ended = try await tool("--live", "swift-test: 0 8 zero", "nonesuch", "swift-test-empty")
      #expect(ended.status == 1)
      let names = try ended.objects().map { $0["name"] as? String }
      let odd = "swift-test: 0 8 zero"
      #expect(names == [odd, odd, "nonesuch", "swift-test-empty"])
    }
  }

  @Test func `the health of an error target is seen`() async throws {
    try await withDevices {
      let ended = try await tool("--live", "--health", "swift-test-one")
      #expect(ended.status == 2)
      #expect(ended.output == "swift-test-one: failed: every request fails\n")
    }
  }
}

/// `--live` where there is nobody to ask.
@Suite(.disabled(if: DM.isAvailable, "there is a kernel to ask"))
struct DmStatusJSONWithoutKernelTests {
  let tool = Command("dm-status-json")

  @Test func `a kernel without device-mapper is told`() async throws {
    let ended = try await tool("--live")
    #expect(ended.status == 1)
    #expect(try ended.objects().count == 1)
    #expect(try await tool("--live", "--health").status == 3)
  }
}
