import Testing

/// `--health`: a line a device, and an exit status for monitoring.
struct DmStatusJSONHealthTests {
  let tool = Command("dm-status-json")

  static let healthy = "h: 0 8 zero\n"
  static let degraded = "d: 0 8192 raid raid1 2 AD 4096/8192 recover 0 0 -\n"
  static let failed = "f: 0 2048 snapshot Invalid\n"
  static let unreadable = "u: 0 2048 snapshot garbage\n"

  @Test(
    arguments: [
      ("", 0, []),
      (healthy, 0, ["h: healthy"]),
      (healthy + degraded, 1, ["h: healthy", "d: degraded: device 1 failed (recover 50 %)"]),
      (
        degraded + failed, 2,
        ["d: degraded: device 1 failed (recover 50 %)", "f: failed: snapshot invalid"]
      ),
      (healthy + unreadable, 3, ["h: healthy", "u: unreadable"]),
      (
        unreadable + degraded, 3,
        ["u: unreadable", "d: degraded: device 1 failed (recover 50 %)"]
      ),
      (unreadable + failed, 2, ["u: unreadable", "f: failed: snapshot invalid"]),
      ("e: \n", 0, ["e: healthy: no table"]),
      ("0 8 zero\n", 0, ["line 1: healthy"]),
    ] as [(String, Int32, [String])])
  func `the worst device decides`(input: String, status: Int32, lines: [String]) async throws {
    let ended = try await tool("--health", input: input)
    #expect(ended.status == status)
    #expect(ended.lines.map(String.init) == lines)
    #expect(try ended.errorObjects().count == (input.contains("garbage") ? 1 : 0))
  }

  @Test func `the lines of a device are one device`() async throws {
    let ended = try await tool(
      "--health",
      input: """
        a: 0 8192 raid raid1 2 AD 4096/8192 recover 0 0 -
        a: 8192 8192 raid raid1 2 DA 2048/8192 recover 0 0 -
        b: 0 8 zero
        b: 0 8 zero

        """)
    #expect(ended.status == 1)
    #expect(
      ended.lines == [
        "a: degraded: device 1 failed, device 0 failed (recover 25 %)", "b: healthy", "b: healthy",
      ])
  }

  @Test func `a device of many lines has a short line`() async throws {
    var input = ""
    for index in 0..<100 {
      input += "a: \(index * 8) 8 striped 2 8:\(index) 7:0 1 DA\n"
    }
    let ended = try await tool("--health", input: input)
    #expect(ended.status == 1)
    #expect(ended.lines.count == 1)
    #expect(ended.output.hasSuffix(", 84 more\n"))
  }

  @Test func `without a file nothing is known`() async throws {
    let ended = try await tool("--health", "nonesuch")
    #expect(ended.status == 3)
    #expect(ended.output == "nonesuch: unreadable\n")
  }
}
