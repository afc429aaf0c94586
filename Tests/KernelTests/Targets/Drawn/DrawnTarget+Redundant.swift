import DeviceMapperTargets

/// Targets that know several devices with the same data.
extension DrawnTarget {
  static let redundant: [DrawnTarget] = [
    // Divisible by three, too.
    DrawnTarget(.raid, length: 6144, isAlone: true) { draw in .raid(try draw.raid()) },
    DrawnTarget(.mirror, isAlone: true) { draw in
      let legs = draw.legs(8)
      let core = MirrorCoreLog(
        regionSize: Sectors(rawValue: draw.powerOfTwo(1...13)),
        synchronization: draw.maybe { $0.any() })
      let disk = MirrorDiskLog(
        device: legs[7], regionSize: core.regionSize, synchronization: core.synchronization)
      let copies = (0..<draw.number(2...9)).map { _ in
        MirrorTargetParams.Leg(device: draw.leg(), start: draw.start())
      }
      return .mirror(
        try MirrorTargetParams(
          log: draw.one(of: .core(core), .disk(disk)), legs: copies,
          handlesErrors: draw.chance(), keepsLog: draw.chance()))
    },
    DrawnTarget(.multipath, isAlone: true) { draw in
      let groups = try (0..<draw.number(0...3)).map { _ in try draw.group() }
      let features = try MultipathFeatures(
        queuesIfNoPath: draw.chance(),
        pathGroupInitRetries: draw.maybe {
          $0.number(MultipathFeatures.pathGroupInitRetriesRange)
        },
        pathGroupInitDelay: draw.maybe { $0.number(MultipathFeatures.pathGroupInitDelayRange) },
        retainsAttachedHardwareHandler: draw.chance(), queueMode: .bio)
      return .multipath(
        try MultipathTargetParams(
          features: features, groups: groups,
          nextGroup: groups.isEmpty ? 0 : draw.number(1...UInt32(groups.count))))
    },
  ]
}

extension Draw {
  fileprivate mutating func group() throws -> MultipathGroup {
    let throughput = TargetWord("\(number(MultipathGroup.relativeThroughputs))") ?? "1"
    let selector: (name: MultipathSelectorName, arguments: [TargetWord]) = one(
      of: (.roundRobin, ["1"]), (.queueLength, ["1"]), (.serviceTime, ["1", throughput]))
    let paths = (0..<number(1...4)).map { _ in
      MultipathPath(
        leg(), arguments: Array(selector.arguments.prefix(number(0...selector.arguments.count))))
    }
    return try MultipathGroup(selector: MultipathSelector(selector.name), paths: paths)
  }

  fileprivate mutating func raid() throws -> RaidTargetParams {
    let legs = legs(8)
    let type: RaidType = any()
    try kernel.check(type)
    let count = number(type.level.minimumDevices...4)
    let members = (0..<count).map { index in
      RaidTargetParams.Member(metadata: legs[index], data: legs[4 + index])
    }
    return try RaidTargetParams(
      type: type, chunkSize: Sectors(rawValue: powerOfTwo(3...7)),
      options: type == .raid0 ? RaidOptions() : raidOptions(type, of: count), devices: members)
  }

  private mutating func raidOptions(_ type: RaidType, of count: Int) -> RaidOptions {
    var options = RaidOptions()
    options.synchronization = maybe { $0.any() }
    options.daemonSleep = maybe { $0.number(1...100) }
    options.minimumRecoveryRate = maybe { $0.number(1...1000) }
    options.maximumRecoveryRate = maybe { $0.number(1...1000) }
    options.regionSize = maybe { Sectors(rawValue: $0.powerOfTwo(7...12)) }
    switch type.level {
    case .raid0: break
    case .raid1:
      options.rebuild = chance(4) ? [UInt32(count - 1)] : []
      options.writeMostly = chance() ? [number(0...UInt32(count - 1))] : []
      options.maximumWriteBehind = maybe { $0.sectors(2...16384) }
    case .raid4, .raid5, .raid6:
      options.stripeCache = maybe { UInt32(2 * $0.number(128...1024)) }
    case .raid10:
      options.raid10Copies = maybe { $0.number(2...UInt32(count)) }
      options.raid10Format = maybe { $0.any() }
    }
    return options
  }
}
