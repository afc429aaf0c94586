import DeviceMapperTargets
import SystemPackage

extension DmError.Code: CustomStringConvertible {
  /// The kind of failure in words.
  public var description: String { text.string.description }
}

extension DmError: CustomStringConvertible {
  /// The error as a sentence.
  ///
  /// For example `data: DM_TABLE_LOAD: refused: Invalid argument (the kernel log has the reason)`.
  public var description: String {
    var parts: [String] = []
    if let device { parts.append("\(device)") }
    if let command { parts.append("\(command)") }
    parts.append("\(code)")
    if let errno { parts.append(text(of: errno)) }
    if let context { parts.append("\(context)") }
    var text = parts.joined(separator: ": ")
    for leftover in notUndone { text += "; \(leftover)" }
    return text
  }

  private func text(of errno: Errno) -> String {
    guard code == .refused, errno == .invalidArgument else { return "\(errno)" }
    // The interface returns a number only; targets explain themselves in the kernel log.
    return "\(errno) (the kernel log has the reason)"
  }
}

extension DmError.Context: CustomStringConvertible {
  /// The context in words; a table is shown as its ranges and types without parameters.
  public var description: String {
    switch self {
    case .path(let path): "\(path)"
    case .flags(let flags): "\(flags)"
    case .version(let needed, let running): "needs interface \(needed), the kernel has \(running)"
    case .reply(let error): "\(error)"
    case .text(let error): "\(error.field) at byte \(error.offset): expected \(error.expected)"
    case .table(let error): "\(error)"
    case .parameters(let error): "\(error)"
    case .tables(let described, let found):
      "described as \(Self.outline(described)), found \(Self.outline(found))"
    case .uuids(let described, let found):
      "described with uuid \(described?.description ?? "none"), found \(found?.description ?? "none")"
    case .library(let text): text
    }
  }

  private static func outline(_ lines: [TargetLine<VerbatimTarget>]) -> String {
    if lines.isEmpty { return "no table" }
    let shown = lines.prefix(4).map {
      "\($0.start.rawValue) \($0.length.rawValue) \($0.content.targetType)"
    }
    return shown.joined(separator: ", ") + (lines.count > 4 ? ", …" : "")
  }
}

extension DmError.Leftover: CustomStringConvertible {
  /// What is left, and why it could not be undone.
  public var description: String {
    switch self {
    case .device(let name, let error): "device \(name) is left behind: \(error)"
    case .thinDevice(let id, let pool, let error):
      "thin device \(id) of \(pool) is left behind: \(error)"
    case .suspended(let name, let error): "device \(name) is left suspended: \(error)"
    case .policy(let name, let error):
      "cache \(name) is left with the policy cleaner: \(error)"
    case .inactiveTable(let name, let error):
      "device \(name) is left with a loaded table: \(error)"
    case .removed(let name, let error): "device \(name) is gone: \(error)"
    case .replacedTable(let name, let error): "device \(name) is left with its new table: \(error)"
    }
  }
}
