import Foundation
import Testing

/// A line of text and the object that stands for it, in the files of `Recorded`.
struct RecordedObject: CustomTestStringConvertible, Sendable {
  /// The text.
  var line: String
  /// The object.
  var object: String

  var testDescription: String { line }

  /// Statuses: what reads them depends on these objects.
  static let statuses = read("statuses.txt")
  /// Tables: what reads them depends on these objects.
  static let tables = read("tables.txt")

  private static func read(_ name: String) -> [RecordedObject] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    guard
      let text = try? String(
        contentsOf: folder.appending(path: "Recorded/\(name)"), encoding: .utf8)
    else { return [] }
    let lines = text.split(separator: "\n").map(String.init)
    return stride(from: 0, to: lines.count - 1, by: 2).map {
      RecordedObject(line: lines[$0], object: lines[$0 + 1])
    }
  }
}

struct RecordedObjectTests {
  let tool = Command("dm-status-json")

  @Test func `every status has the object that was promised`() async throws {
    let recorded = RecordedObject.statuses
    #expect(recorded.count > 30)
    let ended = try await tool(input: recorded.map(\.line).joined(separator: "\n"))
    #expect(ended.status == 0)
    #expect(ended.lines.count == recorded.count)
    for (found, promised) in zip(ended.lines, recorded) {
      #expect(found == promised.object, "\(promised.line)")
    }
  }

  @Test func `every table has the object that was promised`() async throws {
    let recorded = RecordedObject.tables
    #expect(recorded.count > 30)
    let ended = try await tool("--table", input: recorded.map(\.line).joined(separator: "\n"))
    #expect(ended.status == 0)
    #expect(ended.lines.count == recorded.count)
    for (found, promised) in zip(ended.lines, recorded) {
      #expect(found == promised.object, "\(promised.line)")
    }
  }

  @Test func `what is printed again means the same`() async throws {
    let lines = RecordedObject.tables.map(\.line).joined(separator: "\n")
    let text = try await tool("--reprint", "--show-keys", input: lines)
    #expect(text.status == 0)
    #expect(text.errors.isEmpty)
    let again = try await tool("--table", input: text.output)
    #expect(again.lines.map(String.init) == RecordedObject.tables.map(\.object))
    #expect(try await tool("--reprint", "--show-keys", input: text.output).output == text.output)
  }

  @Test func `every key is documented`() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Examples/dm-status-json/README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    let words = Set(text.split(separator: "`", omittingEmptySubsequences: false).map(String.init))
    for recorded in RecordedObject.statuses + RecordedObject.tables {
      let object = try JSONSerialization.jsonObject(with: Data(recorded.object.utf8))
      let missing = keys(of: object).filter { !words.contains($0) }
      #expect(missing.isEmpty, "\(recorded.line)")
    }
  }

  private func keys(of value: Any) -> [String] {
    switch value {
    case let object as [String: Any]:
      object.flatMap { [$0.key] + keys(of: $0.value) }
    case let array as [Any]:
      array.flatMap(keys)
    default:
      []
    }
  }
}
