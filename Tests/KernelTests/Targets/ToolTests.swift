import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// What the tools make is read, and printed back as `dmsetup` prints it.
  struct Tools {
    let dm: DM

    init() throws { dm = try DM() }

    /// Runs the commands, with the nodes of the legs in the places of `{0}`, `{1}` and so on.
    private func check(_ tool: ToolRow) async throws {
      let subject = try await Subject(dm, legs: tool.legs, length: tool.legLength)
      for command in tool.commands { try await tool.run(command, subject) }
      var found: Set<String> = []
      for device in try TestDevices.left() where !device.name.description.hasPrefix(Self.leg) {
        found.formUnion(try await agree(device.name))
      }
      #expect(found == Set(tool.targets))
      for command in tool.end { try await tool.run(command, subject) }
      try await subject.finish()
    }

    private static let leg = TestDevices.prefix + "leg"

    /// Makes sure of a device's table and status, and returns its types of target.
    func agree(_ name: DmName) async throws -> Set<String> {
      let table = try dm.table(.name(name))
      try await agree(table.lines, table.parsed(as: AnyTarget.self)) {
        try await run("dmsetup", "table", "--showkeys", "\(name)")
      }
      let flags = DmOptions(flags: .noFlush)
      // Figures may change between the library's look and that of the tool.
      for attempt in 0... {
        let status = try dm.tableStatus(.name(name), options: flags)
        let theirs = try await run("dmsetup", "status", "--noflush", "\(name)")
        if attempt < 20, try dm.tableStatus(.name(name), options: flags).lines != status.lines {
          continue
        }
        try await agree(status.lines, status.parsed(as: AnyStatus.self)) { theirs }
        break
      }
      return Set(table.lines.map { "\($0.content.targetType)" })
    }

    private func agree<Content: TargetContent>(
      _ kernel: [TargetLine<VerbatimTarget>], _ typed: [TargetLine<Content>],
      tool: () async throws -> String
    ) async throws {
      let theirs = try await tool().split(separator: "\n").map { TargetText(String($0)).trimmed }
      #expect(kernel.map(\.text.trimmed) == theirs)
      try #require(kernel.count == typed.count)
      for (kernel, typed) in zip(kernel, typed) {
        let type = kernel.content.targetType
        #expect(kernel.text.isSame(as: typed.text, in: type), "\(typed) is printed as \(kernel)")
        #expect(!typed.content.isVerbatim, "\(kernel) has a type")
      }
    }

    @Test(.kernel(.crypt, .integrity), arguments: ToolRow.cryptsetup)
    func `cryptsetup`(tool: ToolRow) async throws { try await check(tool) }

    @Test(.kernel(.integrity), arguments: ToolRow.integritysetup)
    func `integritysetup`(tool: ToolRow) async throws { try await check(tool) }

    @Test(.kernel(.verity), arguments: ToolRow.veritysetup)
    func `veritysetup`(tool: ToolRow) async throws { try await check(tool) }

    // Debian's kernel can't correct errors.
    @Test(.optionalKernel(.verity, .ebs), arguments: ToolRow.veritysetupWithCorrection)
    func `veritysetup with correction of errors`(tool: ToolRow) async throws {
      try await check(tool)
    }

    @Test(
      .kernel(.raid, .mirror, .thinPool, .cache, .writecache, .snapshot), arguments: ToolRow.lvm)
    func `lvm`(tool: ToolRow) async throws { try await check(tool) }

    // Debian's kernel, which has no ebs, takes raid10 over two legs only.
    @Test(.optionalKernel(.raid, .ebs), arguments: ToolRow.lvmWithRaid10)
    func `lvm with raid10`(tool: ToolRow) async throws { try await check(tool) }

    // It has no choice of algorithms, and only Debian's kernel has that one.
    @Test(
      .kernel(.raid, .integrity),
      .enabled("needs Debian's kernel") { (try? DM().targetVersion(.ebs)) == nil },
      arguments: ToolRow.lvmWithIntegrity)
    func `lvm with integrity`(tool: ToolRow) async throws { try await check(tool) }
  }
}
