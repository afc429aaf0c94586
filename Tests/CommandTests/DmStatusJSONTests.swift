import Foundation
import Testing

struct DmStatusJSONTests {
  let tool = Command("dm-status-json")

  @Test func `a line has name, range, target, fields and health`() async throws {
    let ended = try await tool(
      input: "vg-pool: 8 65536 thin-pool 7 1652/16384 512/512 - ro discard_passdown \n")
    #expect(ended.status == 0)
    #expect(ended.errors.isEmpty)
    let object = try #require(try ended.objects().first)
    #expect(object["name"] as? String == "vg-pool")
    #expect(object["start"] as? Int == 8)
    #expect(object["length"] as? Int == 65536)
    #expect(object["target"] as? String == "thin-pool")
    let status = try #require(object["status"] as? [String: Any])
    #expect(status["transactionId"] as? Int == 7)
    let health = try #require(object["health"] as? [String: Any])
    #expect(health["level"] as? String == "degraded")
  }

  @Test(
    arguments: [
      ("0 8 zero", nil), ("a: 0 8 zero", "a"), ("a\\x20b: 0 8 zero ", "a\\x20b"),
      ("a b: 0 8 zero", "a b"), ("a: 0: 0 8 zero", "a: 0"), ("é,;\": 0 8 zero", "é,;\""),
      ("empty: ", "empty"), ("0 8 zero\r", nil),
    ] as [(String, String?)])
  func `a name may hold anything`(line: String, name: String?) async throws {
    let ended = try await tool("--table", input: line)
    #expect(ended.status == 0)
    #expect(try ended.objects().map { $0["name"] as? String } == [name])
  }

  @Test func `a name that isn't UTF-8 becomes bytes`() async throws {
    let ended = try await tool.shell(#"printf 'a\xff: 0 8 zero\n' | "$tool""#)
    #expect(try ended.objects().map { $0["name"] as? [Int] } == [[0x61, 0xff]])
  }

  @Test(arguments: ["", "\n", "  \n\n", "No devices found\n"])
  func `text that says nothing gives nothing`(input: String) async throws {
    let ended = try await tool(input: input)
    #expect(ended.status == 0)
    #expect(ended.output.isEmpty)
    #expect(ended.errors.isEmpty)
  }

  @Test func `a device without a table has a name only`() async throws {
    let ended = try await tool(input: "empty: \nfull: 0 8 zero \n")
    #expect(ended.lines.first == #"{"name":"empty"}"#)
    #expect(ended.lines.count == 2)
  }

  static let concise =
    #"a\\x20b,,1,rw,0 8 zero ,8 8 error ;c d\,e\;f\\g: 0,u\,v,2,ro,0 8 "#
    + #"linear 7:0 0;empty,,0,rw;bad,,,,0 8 linear x;last,,,,0 8 zero"#

  @Test func `devices of a concise line have a line each, and one error is of one device`()
    async throws
  {
    let ended = try await tool("--table", input: Self.concise + "\n0 8 zero\n")
    #expect(ended.status == 1)
    let objects = try ended.objects()
    let names = ["a\\x20b", "a\\x20b", "c d,e;f\\g: 0", "empty", "bad", "last", nil]
    #expect(objects.map { $0["name"] as? String } == names)
    #expect(objects[2]["uuid"] as? String == "u,v")
    #expect(objects.map { $0["minor"] as? Int } == [1, 1, 2, 0, nil, nil, nil])
    #expect(
      objects.map { $0["readOnly"] as? Bool } == [false, false, true, false, nil, false, nil])
    #expect(objects.map { $0["start"] as? Int } == [0, 8, 0, nil, nil, 0, 0])
    let offset = try #require(objects[4]["offset"] as? Int)
    #expect(Array(Self.concise.utf8)[offset] == UInt8(ascii: "x"))
  }

  @Test func `concise lines are printed back as concise lines`() async throws {
    let ended = try await tool("--reprint", input: Self.concise)
    #expect(ended.status == 1)
    #expect(
      ended.lines == [
        #"a\\x20b,,1,rw,0 8 zero,8 8 error"#, #"c d\,e\;f\\g: 0,u\,v,2,ro,0 8 linear 7:0 0"#,
        "empty,,0,rw", "last,,,rw,0 8 zero",
      ])
    #expect(try ended.errorObjects().map { $0["name"] as? String } == ["bad"])
  }

  @Test func `lines are printed back with their names`() async throws {
    let ended = try await tool(
      "--reprint",
      input: "a: b: 0 8 linear 7:0 0 \nempty: \n0 16 flakey 1:2 0 16 2 0 \nx: 0 8 new a  b\n")
    #expect(ended.status == 0)
    #expect(
      ended.output == "a: b: 0 8 linear 7:0 0\nempty:\n0 16 flakey 1:2 0 16 2 0\nx: 0 8 new a  b\n")
  }
}

/// What is wrong with the input, and what is said of it.
struct DmStatusJSONErrorTests {
  let tool = Command("dm-status-json")

  static let bad = """
    a: 0 8 zero
    pool: 0 2048 thin-pool 0 1648/16384 0/512 - rx discard_passdown queue_if_no_space -
    b: 0 8 zero

    """

  @Test func `a bad line gives an object in its place, and the rest goes on`() async throws {
    let ended = try await tool(input: Self.bad)
    #expect(ended.status == 1)
    #expect(ended.errors.isEmpty)
    let objects = try ended.objects()
    #expect(objects.map { $0["name"] as? String } == ["a", "pool", "b"])
    let error = objects[1]
    #expect(error["line"] as? Int == 2)
    #expect(error["offset"] as? Int == 44)
    #expect(error["field"] as? String == "mode")
    #expect(error["expected"] as? String == "rw, out_of_data_space or ro")
    #expect(error["target"] as? String == "thin-pool")
    #expect(error["error"] is String)
    #expect(error["file"] == nil)
    #expect(error["status"] == nil)
  }

  @Test func `strict stops at the first error`() async throws {
    let ended = try await tool("--strict", input: Self.bad)
    #expect(ended.status == 1)
    #expect(try ended.objects().map { $0["name"] as? String } == ["a", "pool"])
    #expect(try await tool("--strict", "--health", input: Self.bad).status == 3)
    #expect(try await tool("--strict", input: "0 8 zero\n").status == 0)
  }

  @Test(arguments: [
    ("garbage", "start", 0), ("0", "length", 1), ("x: 0", "length", 4),
    ("0 8", "target type", 3),
    ("x: 0 8x zero", "length", 5), ("0 8 a-target-type-too-long", "target type", 4),
    ("x: 0 8 delay 1", "writes", 14),
    (String(repeating: "n", count: 128) + ": 0 8 zero", "name", 0),
  ])
  func `every part of a line may be wrong`(line: String, field: String, offset: Int) async throws {
    let ended = try await tool(input: line)
    #expect(ended.status == 1)
    let object = try #require(try ended.objects().first)
    #expect(object["line"] as? Int == 1)
    #expect(object["field"] as? String == field)
    #expect(object["offset"] as? Int == offset)
    #expect(object["error"] is String)
  }

  @Test func `files are read in order, and the missing one is told`() async throws {
    let ended = try await tool.shell(
      """
      cd "$(mktemp -d)" && echo 'a: 0 8 zero' >one && echo 'b: 0 8 linear x y' >two
      echo 'c: 0 8 zero' | "$tool" --table one nonesuch two . -
      code=$?; rm -r "$PWD"; exit $code
      """)
    #expect(ended.status == 1)
    #expect(ended.errors.isEmpty)
    let objects = try ended.objects()
    #expect(objects.map { $0["name"] as? String } == ["a", nil, "b", nil, "c"])
    #expect(objects.map { $0["file"] as? String } == [nil, "nonesuch", "two", ".", nil])
    #expect(objects.map { $0["line"] as? Int } == [nil, nil, 1, nil, nil])
  }

  @Test(arguments: [["--nonesuch"], ["--health", "--table"], ["--health", "--reprint"]])
  func `wrong options are refused`(options: [String]) async throws {
    let ended = try await tool.shell("\"$tool\" \(options.joined(separator: " "))")
    #expect(ended.status == 64)
    #expect(ended.output.isEmpty)
    #expect(ended.errors.contains("Usage:"))
  }

  @Test func `help names every option`() async throws {
    let ended = try await tool("--help")
    #expect(ended.status == 0)
    for option in ["table", "reprint", "health", "strict", "live", "show-keys"] {
      #expect(ended.output.contains("  --\(option) "))
    }
  }

  @Test func `keys are hidden unless they are asked for`() async throws {
    let key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
    let lines = """
      c: 0 8192 crypt aes-xts-plain64 \(key) 0 1:0 0
      bad: 0 8192 crypt aes-xts-plain64 \(key)x 0 1:0 0
      bad: 0 8192 crypt aes-xts-plain64 \(key) x 1:0 0
      concise,,,rw,0 8192 crypt aes-xts-plain64 \(key) 0 1:0 0

      """
    for option in ["--table", "--reprint"] {
      let hidden = try await tool(option, input: lines)
      #expect(hidden.status == 1)
      #expect(!hidden.output.contains("22334455"))
      #expect(!hidden.errors.contains("22334455"))
      let shown = try await tool(option, "--show-keys", input: lines)
      #expect(shown.lines.filter { $0.contains(key) }.count == 2)
    }
  }
}
