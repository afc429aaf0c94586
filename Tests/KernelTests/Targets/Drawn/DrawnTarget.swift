import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// A target whose parameters are drawn, many of them.
struct DrawnTarget: CustomTestStringConvertible, Sendable {
  /// Draws a line, or throws when the values break a rule of their type.
  typealias Line = @Sendable (inout Draw) throws -> TargetLine<AnyTarget>

  let type: TargetType
  /// Whether a table has one line only, over legs that begin with zeroes: the target takes no other
  /// beside it, or keeps something on its legs.
  let isAlone: Bool
  let line: Line

  init(_ type: TargetType, isAlone: Bool = false, line: @escaping Line) {
    self.type = type
    self.isAlone = isAlone
    self.line = line
  }

  /// A target whose lines are all of the same length.
  init(
    _ type: TargetType, length: Sectors = Draw.length, isAlone: Bool = false,
    target: @escaping @Sendable (inout Draw) throws -> AnyTarget
  ) {
    self.init(type, isAlone: isAlone) { draw in
      TargetLine(start: 0, length: length, try target(&draw))
    }
  }

  var testDescription: String { "\(type)" }
}

extension Draw {
  /// A table of a target.
  mutating func table(of target: DrawnTarget) throws -> TargetTable<AnyTarget> {
    var lines: [TargetLine<AnyTarget>] = []
    var end: Sectors = 0
    for _ in 0..<(target.isAlone ? 1 : 40) {
      var line = try line(of: target)
      line.start = end
      end += line.length
      lines.append(line)
    }
    return try TargetTable(lines)
  }

  /// What is drawn until no rule is broken.
  private mutating func line(of target: DrawnTarget) throws -> TargetLine<AnyTarget> {
    for _ in 0..<1000 {
      do {
        let line = try target.line(&self)
        return try TargetTable(length: line.length, line.content).lines[0]
      } catch is ParameterError {
      } catch is TableError {}
    }
    throw NothingDrawn(type: target.type)
  }

  private struct NothingDrawn: Error { let type: TargetType }
}
