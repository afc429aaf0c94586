import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// Devices compared with what they are to be.
  @Suite(.kernel(.linear, .error, .zero)) struct Descriptions {
    let dm: DM

    init() throws { dm = try DM() }

    private func describe(
      _ suffix: String, _ lines: String..., uuid: DmUuid? = nil
    ) throws -> DeviceDescription {
      DeviceDescription(
        .test(suffix), uuid: uuid,
        table: try TargetTable(lines.map { try TargetLine<AnyTarget>(parsing: $0) }))
    }

    private func bottom() throws -> DeviceDescription {
      try describe("bottom", "0 1024 zero", "1024 1024 error", uuid: "swift-test-uuid")
    }

    private func top(_ from: Int = 0) throws -> DeviceDescription {
      try describe("top", "0 1024 linear /dev/mapper/swift-test-bottom \(from)")
    }

    private func kind(_ difference: DeviceDifference) -> String {
      switch difference {
      case .none: "none"
      case .missing: "missing"
      case .uuid: "uuid"
      case .table(let lines): "table \(lines.count)"
      case .access(let isReadOnly): isReadOnly ? "read only" : "writable"
      }
    }

    @Test func `devices become what is described, and only what differs is touched`() async throws {
      let changes = try await dm.apply([bottom(), top()])
      #expect(changes.map(\.name) == [.test("bottom"), .test("top")])
      #expect(changes.map { kind($0.difference) } == ["missing", "missing"])
      #expect(try await dm.apply([bottom(), top()]).isEmpty)

      let event = try dm.deviceInfo(.test("bottom")).eventNumber
      let again = try await dm.apply([bottom(), top(8)])
      #expect(again.map { kind($0.difference) } == ["table 1"])
      #expect(try dm.deviceInfo(.test("bottom")).eventNumber == event)
      let line = try dm.table(.test("top")).lines.first?.content.text.description
      #expect(line?.hasSuffix(" 8") == true)
    }

    @Test func `each line that differs is told`() async throws {
      try await dm.apply([bottom()])
      var other = try describe(
        "bottom", "0 1024 zero", "1024 512 error", "1536 512 zero", uuid: "swift-test-uuid")
      guard case .table(let lines) = try dm.difference(from: other) else {
        Issue.record("no difference")
        return
      }
      #expect(lines.map { $0.described?.start ?? $0.found?.start } == [1024, 1536])
      #expect(lines.first?.found?.length == 1024)
      #expect(lines.last?.found == nil)
      other.uuid = nil
      #expect(kind(try dm.difference(from: other)) == "uuid")
      let error = await #expect(throws: DmError.self) { try await dm.apply([other]) }
      #expect(error?.code == .mismatch)
    }

    @Test func `a device becomes read only, and writable again`() async throws {
      for isReadOnly in [false, true, false] {
        var described = try bottom()
        described.isReadOnly = isReadOnly
        try await dm.apply([described])
        #expect(try dm.deviceInfo(.test("bottom")).isReadOnly == isReadOnly)
        #expect(kind(try dm.difference(from: described)) == "none")
        described.isReadOnly.toggle()
        #expect(kind(try dm.difference(from: described)) == (isReadOnly ? "read only" : "writable"))
      }
    }

    @Test(.kernel(.flakey)) func `what the kernel fills in is no difference`() async throws {
      let (disk, _) = try await TestDisk.two()
      let described = try describe("flakey", "0 1024 flakey \(disk.path) 0 60 60")
      try await dm.apply([described])
      #expect(try await dm.apply([described]).isEmpty)
    }

    @Test func `a step that fails takes back those before it`() async throws {
      try await dm.apply([top0()])
      let wrong = try describe("wrong", "0 8 linear /dev/mapper/swift-test-nobody 0")
      let changed = try describe("top", "0 8 error")
      let error = await #expect(throws: DmError.self) {
        try await dm.apply([bottom(), changed, wrong])
      }
      #expect(error?.command == .tableLoad)
      #expect(error?.notUndone == [])
      #expect(kind(try dm.difference(from: bottom())) == "missing")
      #expect(kind(try dm.difference(from: top0())) == "none")
    }

    @Test(.withUdev) func `a table that is replaced while the task is cancelled is taken back`()
      async throws
    {
      try await dm.apply([top0()])
      let error = await Task {
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
        return await #expect(throws: DmError.self) {
          try await dm.apply([describe("top", "0 8 error")])
        }
      }.value
      #expect(error?.code == .cancelled)
      #expect(error?.notUndone == [])
      #expect(kind(try dm.difference(from: top0())) == "none")
    }

    private func top0() throws -> DeviceDescription { try describe("top", "0 16 zero") }
  }
}
