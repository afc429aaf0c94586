import DeviceMapperTargets

extension Benchmark {
  /// What it costs not to know the target: `AnyStatus` and `AnyTarget` beside the target's own type.
  static var dispatch: [Benchmark] {
    [
      status(
        ThinPoolStatus.self, "0 1648/16384 0/512 - rw no_discard_passdown queue_if_no_space - 1024"),
      status(ZonedStatus.self, "20 zones 0/12 cache 1/8 random 4/8 sequential"),
      target(LinearTargetParams.self, "254:3 2048"),
      target(ZeroTargetParams.self, ""),
    ]
  }

  private static func status<Status: TargetStatus>(_ type: Status.Type, _ text: String) -> Benchmark
  {
    beside("AnyStatus", Status.self, text) { type, bytes in
      use(try AnyStatus(type: type, text: bytes))
    }
  }

  private static func target<Target: TargetParams>(_ type: Target.Type, _ text: String) -> Benchmark
  {
    beside("AnyTarget", Target.self, text) { type, bytes in
      use(try AnyTarget(type: type, text: bytes))
    }
  }

  private static func beside<Content: SingleTargetContent>(
    _ any: String, _ type: Content.Type, _ text: String,
    _ parse: @escaping (TargetType, Span<UInt8>) throws -> Void
  ) -> Benchmark {
    Benchmark(name: "\(any) beside \(type)") { meter in
      let bytes = Array(text.utf8)
      try meter.measure(.ours, 1000) { try parse(Content.targetType, bytes.span) }
      try meter.measure(.theirs, 1000) { use(try Content(parsing: bytes.span)) }
    }
  }
}
