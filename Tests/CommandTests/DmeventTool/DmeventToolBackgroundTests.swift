import DeviceMapper
import DeviceMapperTargets
import Foundation
import TestSupport
import Testing

/// In the background, on a kernel.
@Suite(.serialized, .kernel(.multipath, .thinPool, .linear), .leavesNothing)
struct DmeventToolBackgroundTests {
  let terminal = Terminal()

  init() async throws { _ = try await TestDisk.two() }

  @Test func `it is armed when the start returns, and reports to the system log`() async throws {
    let log = try #require(SystemLogListener())
    let ended = try await terminal(
      """
      pool
      "$tool" --once --json --pidfile pid thin; echo "status $?"
      process=$(cat pid)
      fill 60
      gone() { ! kill -0 $process 2> /dev/null; }
      until_ gone
      test -e pid && echo 'a pidfile is left'
      echo "process $process"
      """)
    #expect(ended.errors == "")
    #expect(ended.lines.first == "status 0")
    let process = try #require(ended.lines.last?.split(separator: " ").last)
    let messages = log.messages()
    #expect(messages.count == 1)
    let message = try #require(messages.first)
    // A notice of a daemon.
    #expect(message.hasPrefix("<29>"))
    let origin = try #require(message.range(of: " dmevent_tool[\(process)]: "))
    let text = Data(message[origin.upperBound...].utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    #expect(object["event"] as? String == "thin_low_water")
  }

  @Test func `it has left the terminal, the folder and the files`() async throws {
    let ended = try await terminal(
      """
      exec 7< /dev/zero
      "$tool" --all -p pid; process=$(cat pid)
      read -r _ name _ _ _ session terminal _ < /proc/$process/stat
      echo "$name $((session == process)) $terminal"
      readlink /proc/$process/cwd /proc/$process/fd/0 /proc/$process/fd/1 /proc/$process/fd/2
      ls -l /proc/$process/fd | grep -c /dev/zero
      kill $process
      """)
    #expect(
      ended.lines == [
        "(dmevent_tool) 1 0", "/", "/dev/null", "/dev/null", "/dev/null", "0",
      ])
  }

  @Test(arguments: ["TERM", "INT"]) func `a signal ends it cleanly`(signal: String) async throws {
    let ended = try await terminal(
      """
      "$tool" --all -p pid; process=$(cat pid)
      kill -\(signal) $process
      gone() { ! kill -0 $process 2> /dev/null; }
      until_ gone
      ls
      """)
    #expect(ended.status == 0)
    #expect(ended.output + ended.errors == "")
  }

  @Test func `a hangup doesn't end it`() async throws {
    let ended = try await terminal(
      """
      "$tool" --all -p pid; process=$(cat pid)
      kill -HUP $process; kill -HUP $process; sleep 0.2
      kill -TERM $process && echo alive
      """)
    #expect(ended.lines == ["alive"])
  }

  @Test func `a pidfile is for one, and what a killed one left is taken over`() async throws {
    let ended = try await terminal(
      """
      "$tool" --all -p pid; first=$(cat pid)
      "$tool" --all -p pid; echo "status $?"
      "$tool" --foreground --all -p pid; echo "status $?"
      echo "first $first"
      kill -KILL $first
      gone() { ! kill -0 $first 2> /dev/null; }
      until_ gone
      test "$(cat pid)" = $first && echo left
      "$tool" --all -p pid; echo "status $?"
      test "$(cat pid)" != $first && kill -0 $(cat pid) && echo another
      kill $(cat pid)
      """)
    let first = ended.lines.first { $0.hasPrefix("first ") }?.dropFirst(6) ?? ""
    let message = "dmevent_tool: pidfile pid: another process, \(first), is running with it\n"
    #expect(
      ended.lines == ["status 1", "status 1", "first \(first)", "left", "status 0", "another"])
    #expect(
      ended.errors.replacing(/pidfile \S*\/pid:/, with: "pidfile pid:") == message + message)
  }

  @Test(arguments: ["", "--foreground"])
  func `a pidfile that can't be written is told`(option: String) async throws {
    let ended = try await terminal(
      """
      "$tool" \(option) --all -p /nonesuch/pid; echo "status $?"
      "$tool" \(option) --all -p /proc/pid; echo "status $?"
      echo precious > file
      "$tool" \(option) --all -p $PWD/file; echo "status $?"
      cat file
      """)
    #expect(ended.lines == ["status 1", "status 1", "status 1", "precious"])
    let errors = ended.errors.split(separator: "\n")
    #expect(errors.count == 3)
    #expect(errors.first == "dmevent_tool: pidfile /nonesuch/pid: No such file or directory")
    #expect(errors.last?.hasSuffix("/file: there is a file that is no pidfile") == true)
  }
}
