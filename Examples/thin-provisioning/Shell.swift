import Subprocess

/// A program that failed, with what it said.
struct ProgramFailed: Error, CustomStringConvertible {
  var program: String
  var status: TerminationStatus
  var output: String
  var description: String { "\(program): \(status): \(output)" }
}

/// Runs a program and returns what it printed, without the last newline.
@discardableResult
func run(_ program: String, _ arguments: String...) async throws -> String {
  let result = try await Subprocess.run(
    .name(program), arguments: Arguments(arguments),
    environment: .inherit.updating(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]),
    output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
  guard result.terminationStatus.isSuccess else {
    throw ProgramFailed(
      program: program, status: result.terminationStatus, output: result.standardError)
  }
  var output = result.standardOutput
  while output.last?.isNewline == true { output.removeLast() }
  return output
}
