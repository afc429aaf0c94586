import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// A target whose parameters are drawn, many of them.
struct DrawnTarget: CustomTestStringConvertible, Sendable {
  /// Draws a line, or throws when the values break a rule of their type.
  typealias Line = @Sendable (inout Draw) throws -> TargetLine<AnyTarget>

  let type: TargetType
  /// What is special about this kind of the target.
  let kind: String
  /// Whether a table has one line only, over legs that begin with zeroes: the target takes no other
  /// beside it, or keeps something on its legs.
  let isAlone: Bool
  /// What tables stand on beside legs.
  let ground: DrawnGround?
  let line: Line

  init(
    _ type: TargetType, _ kind: String = "", isAlone: Bool = false, on ground: DrawnGround? = nil,
    line: @escaping Line
  ) {
    self.type = type
    self.kind = kind
    self.isAlone = isAlone
    self.ground = ground
    self.line = line
  }

  /// A target whose lines are all of the same length.
  init(
    _ type: TargetType, _ kind: String = "", length: Sectors = Draw.length, isAlone: Bool = false,
    on ground: DrawnGround? = nil, target: @escaping @Sendable (inout Draw) throws -> AnyTarget
  ) {
    self.init(type, kind, isAlone: isAlone, on: ground) { draw in
      TargetLine(start: 0, length: length, try target(&draw))
    }
  }

  var testDescription: String { kind.isEmpty ? "\(type)" : "\(type) \(kind)" }
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
