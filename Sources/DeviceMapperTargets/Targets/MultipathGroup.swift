/// Paths of a `multipath` device that are used side by side.
public struct MultipathGroup: Hashable, Sendable, Codable {
  /// The relative throughputs that ``MultipathSelectorName/serviceTime`` has.
  public static let relativeThroughputs: ClosedRange<UInt32> = 0...100

  /// What chooses the path of a request.
  public let selector: MultipathSelector
  /// The paths.
  public let paths: [MultipathPath]

  /// Creates a group.
  ///
  /// - Throws: ``ParameterError`` if there is no path, the paths have different numbers of
  ///   arguments, or a relative throughput is none that the kernel has.
  public init(selector: MultipathSelector, paths: [MultipathPath]) throws(ParameterError) {
    guard let first = paths.first else {
      throw ParameterError(.multipath, "number of paths", rule: "1 or more")
    }
    for path in paths where path.arguments.count != first.arguments.count {
      throw ParameterError(.multipath, "path arguments", rule: "as many for each path of a group")
    }
    if selector.name == .serviceTime {
      for path in paths where path.arguments.count > 1 {
        guard let weight = path.relativeThroughput, Self.relativeThroughputs.contains(weight)
        else {
          throw ParameterError(.multipath, "relative throughput", rule: "from 0 to 100")
        }
      }
    }
    self.selector = selector
    self.paths = paths
  }

  init(fields: inout FieldScanner) throws(ParseError) {
    let name: MultipathSelectorName = try fields.name("path selector")
    let arguments = try fields.openWords("selector argument count")
    let count: UInt32 = try fields.number("number of paths")
    let argumentCount: UInt32 = try fields.number("path argument count")
    var paths: [MultipathPath] = []
    for _ in 0..<count {
      let device = try fields.device("path")
      var part = try fields.words(argumentCount, "path argument count")
      var words: [TargetWord] = []
      while !part.isAtEnd() { words.append(try part.openWord("path argument")) }
      paths.append(MultipathPath(device, arguments: words))
    }
    do {
      try self.init(selector: MultipathSelector(name, arguments: arguments), paths: paths)
    } catch {
      throw fields.rejected(error)
    }
  }

  /// Decodes the fields and checks them like ``init(selector:paths:)``.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let selector = try values.decode(MultipathSelector.self, forKey: .selector)
    let paths = try values.decode([MultipathPath].self, forKey: .paths)
    self = try decoder.checked { () throws(ParameterError) in
      try Self(selector: selector, paths: paths)
    }
  }

  func write(to text: inout TextWriter) {
    text.name(selector.name)
    text.group { text in
      for word in selector.arguments { text.openWord(word) }
    }
    text.number(UInt(paths.count))
    text.number(UInt(paths.first?.arguments.count ?? 0))
    for path in paths {
      text.device(path.device)
      for word in path.arguments { text.openWord(word) }
    }
  }
}

/// A path of a `multipath` device.
public struct MultipathPath: Hashable, Sendable, Codable {
  /// The device that the path leads to.
  public var device: DeviceReference
  /// What the selector knows of the path, which depends on the selector.
  ///
  /// - `round-robin`, `queue-length`, `historical-service-time`: a repeat count;
  /// - `service-time`: a repeat count and a relative throughput;
  /// - `io-affinity`: a hexadecimal mask of processors.
  ///
  /// Kernels fill in what isn't given. A repeat count over 1 counts as 1.
  public var arguments: [TargetWord]

  /// Creates a path.
  public init(_ device: DeviceReference, arguments: [TargetWord] = []) {
    self.device = device
    self.arguments = arguments
  }

  /// Creates a path for ``MultipathSelectorName/serviceTime``.
  public init(_ device: DeviceReference, repeatCount: UInt32 = 1, relativeThroughput: UInt32) {
    self.init(
      device,
      arguments: [repeatCount, relativeThroughput].compactMap { TargetWord("\($0)") })
  }

  /// The share of the load next to other paths, with ``MultipathSelectorName/serviceTime``.
  public var relativeThroughput: UInt32? {
    arguments.count > 1 ? arguments[1].bytes.decimal() : nil
  }
}

/// What chooses the path of a request among those of a group.
public struct MultipathSelector: Hashable, Sendable, Codable {
  /// The name of the selector.
  public var name: MultipathSelectorName
  /// Its arguments: none, but for `historical-service-time` a base weight and a threshold
  /// multiplier.
  public var arguments: [TargetWord]

  /// Creates a selector.
  public init(_ name: MultipathSelectorName, arguments: [TargetWord] = []) {
    self.name = name
    self.arguments = arguments
  }
}

/// The name of a path selector of `multipath`.
public struct MultipathSelectorName: OpenName {
  /// The name as the kernel spells it.
  public var rawValue: TargetWord

  /// Creates a name from its word.
  public init(rawValue: TargetWord) { self.rawValue = rawValue }

  /// Each path in turn.
  public static let roundRobin: MultipathSelectorName = "round-robin"
  /// The path with the fewest requests under way.
  public static let queueLength: MultipathSelectorName = "queue-length"
  /// The path that will be done first, by what is under way and its relative throughput.
  public static let serviceTime: MultipathSelectorName = "service-time"
  /// The path that will be done first, by how long its requests took so far (Linux 5.8).
  public static let historicalServiceTime: MultipathSelectorName = "historical-service-time"
  /// The path of the processor that the request comes from (Linux 5.11).
  public static let ioAffinity: MultipathSelectorName = "io-affinity"
}
