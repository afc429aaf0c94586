import Testing

/// How the program gets along with what stands before and behind it in a pipe.
struct DmStatusJSONPipeTests {
  let tool = Command("dm-status-json")

  @Test func `endless input ends with its reader, without a word`() async throws {
    let ended = try await tool.shell(
      #"yes 'a: 0 8 zero' | "$tool" | head -n 3; echo "${PIPESTATUS[1]}""#)
    #expect(ended.lines.count == 4)
    #expect(ended.lines.last == "141", "SIGPIPE")
    #expect(ended.errors.isEmpty)
  }

  @Test(arguments: ["", "--health", "--reprint"])
  func `a closed pipe ends it, whatever the parent ignores`(option: String) async throws {
    let ended = try await tool.shell(
      """
      trap '' PIPE
      (yes 'a: 0 8 zero' 2>&- || true) | "$tool" \(option) | head -n 1
      echo "${PIPESTATUS[1]}"
      """)
    #expect(ended.lines.count == 2)
    #expect(ended.lines.last == "141", "SIGPIPE")
    #expect(ended.errors.isEmpty)
  }

  @Test(arguments: [("", 1), ("--reprint", 1), ("--health", 3)])
  func `output that can't be written is an error`(option: String, status: Int32) async throws {
    let ended = try await tool.shell(#"echo '0 8 zero' | "$tool" \#(option) >/dev/full"#)
    #expect(ended.status == status)
    #expect(ended.errors.contains("can't write"))
  }

  @Test func `a line is answered before the next one comes`() async throws {
    let ended = try await tool.shell(
      """
      coproc "$tool"
      for name in first second; do
        echo "$name: 0 8 zero" >&"${COPROC[1]}"
        read -r -t 20 answer <&"${COPROC[0]}" && echo "$answer"
      done
      """)
    #expect(try ended.objects().map { $0["name"] as? String } == ["first", "second"])
  }

  @Test func `memory stays small however much there is to read`() async throws {
    // A limit on private memory that holds a line of the greatest length and little more.
    let ended = try await tool.shell(
      """
      ulimit -d 49152
      (yes 'a: 0 8 zero' | head -n 2000; head -c 64M /dev/zero; echo; echo 'b: 0 8 zero') | "$tool"
      """)
    #expect(ended.status == 1)
    let objects = try ended.objects()
    #expect(objects.count == 2002)
    #expect(objects[2000]["line"] as? Int == 2001)
    #expect(objects[2000]["field"] as? String == "line")
    #expect(objects[2001]["name"] as? String == "b")
  }

  @Test func `a line of the greatest length is read`() async throws {
    let ended = try await tool.shell(
      """
      (printf 'a: 0 8 new '; head -c 4194293 /dev/zero | tr '\\0' x; echo) | "$tool" | wc -c
      (printf 'a: 0 8 new '; head -c 4194294 /dev/zero | tr '\\0' x; echo) | "$tool" | wc -c
      """)
    let counts = ended.lines.compactMap { Int($0) }
    #expect(counts.count == 2)
    #expect(counts[0] > 4_194_293)
    #expect(counts[1] < 1000)
  }
}
