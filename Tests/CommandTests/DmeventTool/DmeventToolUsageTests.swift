import DeviceMapper
import Glibc
import Testing

/// What needs no kernel.
struct DmeventToolUsageTests {
  let tool = Command("dmevent_tool")

  @Test(arguments: [
    ([], "nothing to monitor: name event types (--list-events lists them), or use --all"),
    (["-f"], "nothing to monitor: name event types (--list-events lists them), or use --all"),
    (["thni"], "unknown event type 'thni' (--list-events lists them)"),
    (["device"], "unknown event type 'device' (--list-events lists them)"),
    (["-"], "unknown event type '-' (--list-events lists them)"),
    (["--", "-a"], "unknown event type '-a' (--list-events lists them)"),
    (["--al"], "unknown option '--al' (--help lists them)"),
    (["-fx", "-a"], "unknown option '-x' (--help lists them)"),
    (["--all=yes"], "--all takes no value"),
    (["-a", "--pidfile"], "--pidfile needs a value"),
    (["-a", "-p"], "-p needs a value"),
    (["-a", "--pidfile="], "--pidfile needs a value that isn't empty"),
    (["-ai", ""], "-i needs a value that isn't empty"),
    (["-q", "-l"], "--query and --list-events exclude each other"),
    (["-qp", "/run/x"], "--pidfile is for monitoring"),
    (["--query", "--once"], "--once is for monitoring"),
  ])
  func `wrong usage is told in a line`(arguments: [String], message: String) async throws {
    let ended = try await tool.run(arguments)
    #expect(ended.status == 2)
    #expect(ended.output == "")
    #expect(ended.errors == "dmevent_tool: \(message)\n")
  }

  @Test(arguments: ["-h", "--help"]) func `help names every option`(option: String) async throws {
    let ended = try await tool.run([option])
    #expect(ended.status == 0)
    #expect(ended.output.hasPrefix("Usage: dmevent_tool [OPTION]... [EVENT_TYPE]...\n"))
    for option in [
      "-f, --foreground", "-d, --debug", "-p, --pidfile PATH", "-i, --ignore UUID", "-a, --all",
      "-q, --query", "-l, --list-events", "-j, --json", "-o, --once", "-v, --verbose",
      "-h, --help", "-V, --version",
    ] {
      #expect(ended.output.contains("  \(option) "), "\(option)")
    }
    #expect(ended.lines.allSatisfy { $0.count <= 100 })
  }

  @Test(arguments: ["-V", "--version"]) func `the version is told`(option: String) async throws {
    let ended = try await tool.run([option])
    #expect(ended.status == 0)
    #expect(ended.output.hasPrefix("dmevent_tool "))
    #expect(ended.lines.count == 1)
  }

  @Test func `every type and event is listed`() async throws {
    let lines = try await tool("--list-events").lines
    let names = lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    var expected: [String] = []
    for family in DmEvent.Family.allCases where family != .device {
      expected += [family.rawValue] + family.kinds.map(\.name)
    }
    #expect(names == expected)
    #expect(lines.contains("verity (polled)"))
    #expect(lines.contains("thin"))
  }

  @Test func `events are listed as objects, of some types if they are named`() async throws {
    let objects = try await tool("-lj", "thin", "dust").objects()
    #expect(
      objects.map { $0["event"] as? String }
        == (DmEvent.Family.thin.kinds + DmEvent.Family.dust.kinds).map(\.name))
    for object in objects {
      #expect(Set(object.keys) == ["type", "event", "summary", "polled"])
      #expect(object["polled"] as? Bool == (object["type"] as? String == "dust"))
    }
  }

  @Test func `a full disk is an error`() async throws {
    let ended = try await tool.shell("\"$tool\" --list-events > /dev/full")
    #expect(ended.status == 1)
    #expect(ended.errors == "dmevent_tool: standard output: No space left on device\n")
  }
}

/// Where there is no device-mapper, or not for this user.
@Suite(.disabled(if: DM.isAvailable, "there is a device-mapper"))
struct DmeventToolWithoutKernelTests {
  @Test(arguments: [["--query"], ["--foreground", "--all"], ["--all"], ["-ap", "/run/x.pid"]])
  func `that is told in a line, also by a start in the background`(
    arguments: [String]
  ) async throws {
    let ended = try await Command("dmevent_tool").run(arguments)
    #expect(ended.status == 1)
    #expect(ended.output == "")
    #expect(ended.errors.hasPrefix("dmevent_tool: "))
    let isDenied = unsafe access("/dev/mapper/control", R_OK | W_OK) != 0 && errno == EACCES
    #expect(ended.errors.contains(isDenied ? "this needs root" : "modprobe dm_mod"))
    #expect(ended.errors.split(separator: "\n").count == 1)
  }
}
