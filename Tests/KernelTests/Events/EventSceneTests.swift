import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// Every kind of event of a target, provoked.
struct EventSceneTests {
  static let scenes = EventScene.pools + EventScene.arrays + EventScene.copies + EventScene.silent

  /// What can't be provoked here: there is no kernel that has a target without a type.
  static let unprovoked: Set<DmEvent.Kind> = [.targetEvent]

  @Test func `there is a scene for every kind`() {
    let provoked = Set(Self.scenes.flatMap(\.acts).flatMap(\.events))
    #expect(provoked.isDisjoint(with: Self.unprovoked))
    let kinds = DmEvent.Kind.all.filter { $0.family != .device }
    #expect(provoked.union(Self.unprovoked) == Set(kinds))
  }
}

extension OnKernel {
  @Suite(
    .kernel(
      .linear, .error, .delay, .flakey, .thinPool, .raid, .mirror, .striped, .multipath, .snapshot,
      .snapshotMerge, .cache, .clone, .writecache, .integrity, .verity, .dust, .logWrites))
  struct EventScenes {
    let dm: DM

    init() throws { dm = try DM() }

    @Test(arguments: EventSceneTests.scenes)
    func `each event is told once`(scene: EventScene) async throws {
      if let (type, version) = scene.optionalTarget,
        (try? dm.targetVersion(type)).map({ $0 < version }) ?? true
      {
        try Test.cancel("needs \(type) \(version)")
      }
      var stage = try await EventStage(dm)
      for step in scene.setting { try await stage.perform(step) }
      let recorder = try await EventRecorder(
        dm, scene.families, pollInterval: scene.pollInterval)
      var times: [String] = []
      for act in scene.acts {
        var cause: ContinuousClock.Instant?
        for step in act.steps {
          cause = step.isPause ? nil : .now
          try await stage.perform(step)
        }
        let entries = await recorder.take(act.events.count)
        #expect(entries.map(\.event.kind) == act.events)
        if !act.parts.isEmpty { #expect(entries.first?.event.target?.parts == act.parts) }
        guard let first = entries.first, let cause else { continue }
        times.append("\(first.event.kind) \((first.time - cause).milliseconds)")
      }
      await recorder.end()
      if !times.isEmpty { print("from cause to delivery: \(times.joined(separator: ", "))") }
    }
  }
}

extension Duration {
  /// The time in milliseconds, to be read.
  fileprivate var milliseconds: String {
    let tenths = components.seconds * 10000 + components.attoseconds / 100_000_000_000_000
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}
