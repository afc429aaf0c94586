import Subprocess
public import SystemPackage

/// How a program ended and what it wrote; an error where it should have ended otherwise.
public struct ProgramResult: Error, CustomStringConvertible {
  /// The command line.
  public var command: [String]
  /// The status with which the program ended; 128 and more for a signal.
  public var status: Int32
  /// What it wrote to its standard output.
  public var output: String
  /// What it wrote to its standard error.
  public var error: String

  /// The lines of the output.
  public var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// The command and its words, and what was wrong.
  public var description: String { command.joined(separator: " ") + ": \(status) " + error }
}

/// Runs a program and returns what it printed.
///
/// - Throws: ``ProgramResult`` unless it ends with 0.
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
  let result = try await runAnyhow(program, arguments, input: input)
  guard result.status == 0 else { throw result }
  return result.output
}

/// Runs a program, which may fail; the programs of this package are in its `PATH`.
public func runAnyhow(
  _ program: String, _ arguments: [String], input: String = ""
) async throws -> ProgramResult {
  let path = "\(BuiltProgram.folder):/usr/sbin:/usr/bin:/sbin:/bin"
  let result = try await Subprocess.run(
    .name(program), arguments: Arguments(arguments),
    environment: .inherit.updating(["PATH": path]), input: .string(input),
    output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
  let status: Int32 =
    switch result.terminationStatus {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    }
  return ProgramResult(
    command: [program] + arguments, status: status, output: result.standardOutput,
    error: result.standardError)
}

/// The programs of this package, which are built beside the tests.
public enum BuiltProgram {
  /// The folder in which they are.
  public static let folder: FilePath = {
    let tests = FilePath("/proc/self/exe").linkTarget ?? ""
    return FilePath(tests).removingLastComponent()
  }()
}

/// Looks again and again until `condition` holds, for five seconds at most if no time is given.
///
/// - Returns: Whether it held.
public func eventually(
  within limit: Duration = .seconds(60), _ condition: () throws -> Bool
) async rethrows -> Bool {
  let clock = ContinuousClock()
  let end = clock.now.advanced(by: limit)
  while clock.now < end {
    if try condition() { return true }
    try? await clock.sleep(for: .milliseconds(5))
  }
  return try condition()
}
