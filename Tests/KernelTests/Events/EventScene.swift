import DeviceMapper
import DeviceMapperTargets
import Testing

/// A device to which something happens, as a table: what is set up, then one act after the other with
/// the events that it has.
struct EventScene: Sendable, CustomTestStringConvertible {
  /// What happens, in words.
  let testDescription: String
  /// Which events are watched.
  let families: Set<DmEvent.Family>
  /// How often the targets are asked of which the kernel tells nothing.
  let pollInterval: Duration?
  /// A target that not every kernel has, without which there is no such scene.
  let optionalTarget: (type: TargetType, version: InterfaceVersion)?
  /// What is there before anybody watches.
  let setting: [Step]
  /// What happens then.
  let acts: [Act]

  init(
    _ description: String, _ families: DmEvent.Family..., pollInterval: Duration? = nil,
    optional optionalTarget: (type: TargetType, version: InterfaceVersion)? = nil,
    setting: [Step], _ acts: Act...
  ) {
    testDescription = description
    self.families = Set(families)
    self.pollInterval = pollInterval
    self.optionalTarget = optionalTarget
    self.setting = setting
    self.acts = acts
  }
}

extension EventScene {
  /// Steps, and the events that they cause: these, in this order, each once, and no others.
  struct Act: Sendable {
    let steps: [Step]
    let events: [DmEvent.Kind]
    /// The parts of the device that the first event is about.
    let parts: [String]

    init(_ steps: Step..., tells events: DmEvent.Kind..., of parts: String...) {
      self.steps = steps
      self.events = events
      self.parts = parts
    }
  }

  /// One step.
  ///
  /// In a line, a message or a word of a command, `{NAME}` is the number of a device.
  enum Step: Sendable {
    /// Cuts a part from the disk and fills it with zeroes.
    case part(String, Sectors)
    /// Makes a device of zeroes that takes memory only where it is written.
    case sparse(String, Sectors)
    /// Makes a device with a line.
    case device(String, Sectors, String)
    /// Makes a read-only device with a line.
    case readOnlyDevice(String, Sectors, String)
    /// Gives a device another line.
    case table(String, Sectors, String)
    /// Has every request to a device fail.
    case shatter(String)
    /// Sends a message to a device.
    case message(String, String)
    /// Writes blocks of 64 KiB, again and again if need be, whether or not that works.
    case write(String, Range<Int>, times: Int = 1)
    /// Writes a block without waiting for an end, which may not come before somebody helps.
    case beginWrite(String, Int)
    /// Reads from the beginning of blocks of 64 KiB, whether or not that works.
    case read(String, Range<Int>)
    /// Gives a device another name, at which the kernel raises an event: so somebody looks.
    case rename(String, String)
    /// Asks for the status with a flush, at which a pool commits its metadata.
    case flush(String)
    /// Suspends a device.
    case suspend(String)
    /// Removes a device.
    case remove(String)
    /// Runs a program; `{NAME}` is the path of a device.
    case run(String)
    /// Waits; what is under way goes on.
    case pause(Duration)

    var isPause: Bool { if case .pause = self { true } else { false } }
  }
}
