import DeviceMapper
import Foundation

/// What `--list-events` prints.
struct EventList {
  private let options: Options

  init(_ options: Options) { self.options = options }

  private struct Entry: Encodable {
    var type: String
    var event: String
    var summary: String
    var polled: Bool
  }

  func write() throws {
    let families = DmEvent.Family.allCases.filter(options.families.contains)
    for family in families {
      if !options.isJSON { try Output.line(family.rawValue + (family.isPolled ? " (polled)" : "")) }
      for kind in family.kinds {
        if options.isJSON {
          let entry = Entry(
            type: family.rawValue, event: kind.name, summary: kind.summary,
            polled: family.isPolled)
          try Output.line(JSONLine.encode(entry))
        } else {
          let name = kind.name.padding(toLength: 26, withPad: " ", startingAt: 0)
          try Output.line("  \(name)\(kind.summary)")
        }
      }
    }
  }
}

extension DmEvent.Family {
  /// Whether the kernel raises no event for these targets, so that they are asked now and then.
  var isPolled: Bool {
    switch self {
    case .snapshot, .writecache, .verity, .integrity, .dust, .logWrites, .vdo: true
    default: false
    }
  }
}
