import Subprocess

/// A program that failed, with what it said.
public struct ProgramFailed: Error, CustomStringConvertible {
  /// The command line.
  public var command: [String]
  /// What the program wrote to its standard error.
  public var output: String

  /// The command and its words.
  public var description: String { command.joined(separator: " ") + ": " + output }
}

/// Runs a program and returns what it printed.
///
/// - Throws: ``ProgramFailed`` unless it ends with 0.
@discardableResult
public func run(
  _ program: String, _ arguments: String..., input: String = ""
) async throws -> String {
  try await run(program, arguments, input: input)
}

/// Runs a program with a list of arguments; see the function above.
@discardableResult
public func run(
  _ program: String, _ arguments: [String], input: String = ""
) async throws -> String {
  let result = try await Subprocess.run(
    .name(program), arguments: Arguments(arguments),
    environment: .inherit.updating(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]),
    input: .string(input), output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
  guard result.terminationStatus.isSuccess else {
    throw ProgramFailed(command: [program] + arguments, output: result.standardError)
  }
  return result.standardOutput
}

/// Looks again and again until `condition` holds, for five seconds at most if no time is given.
///
/// - Returns: Whether it held.
public func eventually(
  within limit: Duration = .seconds(5), _ condition: () throws -> Bool
) async rethrows -> Bool {
  let clock = ContinuousClock()
  let end = clock.now.advanced(by: limit)
  while clock.now < end {
    if try condition() { return true }
    try? await clock.sleep(for: .milliseconds(5))
  }
  return try condition()
}
