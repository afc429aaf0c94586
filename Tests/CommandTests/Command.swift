import Foundation
import Subprocess
import SystemPackage

/// What a program that has ended leaves.
struct Ended: Sendable {
  /// Its exit status, or minus the signal that ended it.
  var status: Int32
  /// What it wrote to its standard output.
  var output: String
  /// What it wrote to its standard error.
  var errors: String

  /// The lines of the standard output.
  var lines: [Substring] { output.split(separator: "\n") }
  /// The standard output's lines as objects.
  func objects() throws -> [[String: Any]] { try lines.map { try object(of: $0) } }
  /// The standard error's lines as objects.
  func errorObjects() throws -> [[String: Any]] {
    try errors.split(separator: "\n").map { try object(of: $0) }
  }

  private func object(of line: Substring) throws -> [String: Any] {
    guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    else { throw NoObject(line: String(line)) }
    return object
  }
}

/// A line that is no object.
struct NoObject: Error {
  var line: String
}

/// A program of this package, run as a user would.
struct Command: Sendable {
  /// Where it was built: beside the tests.
  let path: FilePath

  init(_ name: String) {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let tests = FilePath(
      String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self))
    path = tests.removingLastComponent().appending(name)
  }

  /// Runs it.
  func callAsFunction(_ arguments: String..., input: String = "") async throws -> Ended {
    try await run(.path(path), Arguments(arguments), input)
  }

  /// Runs it.
  func run(_ arguments: [String]) async throws -> Ended {
    try await run(.path(path), Arguments(arguments), "")
  }

  /// Runs it from a script for bash, in which `$tool` is its path.
  func shell(_ script: String, input: String = "") async throws -> Ended {
    try await run(.name("bash"), ["-c", "tool='\(path)'; \(script)"], input)
  }

  private func run(
    _ executable: Executable, _ arguments: Arguments, _ input: String
  ) async throws -> Ended {
    let result = try await Subprocess.run(
      executable, arguments: arguments, input: .string(input),
      output: .string(limit: 1 << 24), error: .string(limit: 1 << 24))
    let status =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): -signal
      }
    return Ended(
      status: status, output: result.standardOutput, errors: result.standardError)
  }
}
