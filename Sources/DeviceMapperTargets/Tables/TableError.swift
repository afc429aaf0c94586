/// Lines that are no table, and which rule of the kernel they break.
public enum TableError: Error, Hashable, Sendable {
  /// There is no line.
  case empty
  /// The line at this index doesn't begin where the one before it ends.
  case gap(line: Int, start: Sectors, expected: Sectors)
  /// The line at this index begins before the end of the one before it.
  case overlap(line: Int, start: Sectors, expected: Sectors)
  /// The line at this index has no length.
  case zeroLength(line: Int)
  /// The line at this index ends beyond the largest device, 2^63 bytes.
  case tooLong(line: Int)
  /// The line at this index has a length that its target refuses.
  case length(line: Int, ParameterError)
}

extension TableError: CustomStringConvertible {
  /// The error as a sentence; lines are counted from 0.
  public var description: String {
    switch self {
    case .empty: "a table needs a line"
    case .gap(let line, let start, let expected):
      "line \(line) starts at sector \(start.rawValue), behind the expected \(expected.rawValue)"
    case .overlap(let line, let start, let expected):
      "line \(line) starts at sector \(start.rawValue), before the expected \(expected.rawValue)"
    case .zeroLength(let line): "line \(line) has no length"
    case .length(let line, let error): "line \(line): \(error)"
    case .tooLong(let line): "line \(line) ends beyond 2^63 bytes"
    }
  }
}
