import DeviceMapperTargets

/// Targets that keep metadata, and find none.
extension DrawnTarget {
  static let withMetadata: [DrawnTarget] = [
    DrawnTarget(.thinPool, isAlone: true) { draw in
      let legs = draw.legs(2)
      return .thinPool(
        try ThinPoolTargetParams(
          metadataDevice: legs[0], dataDevice: legs[1],
          dataBlockSize: Sectors(rawValue: 128 * draw.number(1...64)),
          lowWaterMark: DataBlocks(rawValue: draw.number()), features: draw.poolFeatures()))
    },
    DrawnTarget(.thin, on: .pool) { draw in
      let id = try ThinDevId(draw.number(0...ThinDevId.maximum.rawValue))
      let params = try ThinTargetParams(
        pool: DrawnGround.device, thinId: id, externalOrigin: draw.maybe { $0.leg() })
      return TargetLine(start: 0, length: draw.sectors(1...(1 << 40)), .thin(.params(params)))
    },
    DrawnTarget(.cache, isAlone: true) { draw in
      let legs = draw.legs(3)
      return .cache(
        try CacheTargetParams(
          metadataDevice: legs[0], cacheDevice: legs[1], originDevice: legs[2],
          cacheBlockSize: Sectors(rawValue: 64 * draw.number(1...64)),
          features: CacheFeatures(
            mode: draw.maybe { $0.any() }, usesMetadata2: draw.chance(),
            passesDiscardsDown: draw.chance()),
          policy: draw.cachePolicy()))
    },
    DrawnTarget(.writecache, isAlone: true) { draw in
      let legs = draw.legs(2)
      return .writecache(
        try WritecacheTargetParams(
          kind: .ssd, originDevice: legs[0], cacheDevice: legs[1],
          blockSize: UInt32(draw.powerOfTwo(9...12)), options: draw.writecacheOptions()))
    },
    DrawnTarget(.clone, isAlone: true) { draw in
      let legs = draw.legs(3)
      return .clone(
        try CloneTargetParams(
          metadataDevice: legs[0], destinationDevice: legs[1], sourceDevice: legs[2],
          regionSize: Sectors(rawValue: draw.powerOfTwo(3...21)),
          options: CloneOptions(
            isHydrating: draw.chance(), passesDiscardsDown: draw.chance(),
            hydrationThreshold: draw.maybe { $0.number() },
            hydrationBatchSize: draw.maybe { $0.number() })))
    },
    DrawnTarget(.era, isAlone: true) { draw in
      let legs = draw.legs(2)
      return .era(
        try EraTargetParams(
          metadataDevice: legs[0], originDevice: legs[1],
          blockSize: Sectors(rawValue: 8 * draw.number(1...0x1fff_ffff))))
    },
    DrawnTarget(.snapshot, isAlone: true) { draw in
      let legs = draw.legs(2)
      return .snapshot(
        SnapshotTargetParams(
          origin: legs[0], store: try draw.store(on: legs[1], draw.any())))
    },
    DrawnTarget(.snapshotMerge, isAlone: true) { draw in
      let legs = draw.legs(2)
      return .snapshotMerge(
        try SnapshotMergeTargetParams(origin: legs[0], store: draw.store(on: legs[1], draw.any())))
    },
    DrawnTarget(.snapshotOrigin) { draw in
      .snapshotOrigin(SnapshotOriginTargetParams(device: draw.leg()))
    },
  ]
}

extension Draw {
  fileprivate mutating func poolFeatures() -> ThinPoolFeatures {
    var features = ThinPoolFeatures(skipsBlockZeroing: chance(), noSpacePolicy: any())
    // Kernels keep both words, though the first one is enough.
    features.ignoresDiscards = chance()
    features.passesDiscardsDown = chance()
    return features
  }

  fileprivate mutating func store(
    on device: DeviceReference, _ persistence: SnapshotPersistence
  ) throws -> SnapshotStore {
    // Linux 7.2 divides by zero on its way to the limits of a device that zeroes.
    try SnapshotStore(
      device: device, persistence: persistence,
      chunkSize: Sectors(rawValue: powerOfTwo(0...12)),
      discardZeroesStore: !kernel.isNew && chance(), discardPassdownOrigin: chance())
  }

  fileprivate mutating func cachePolicy() -> CachePolicy {
    let name: CachePolicyName = one(of: .smq, .mq, .cleaner, .default)
    var keys: [TargetWord] = [CachePolicy.migrationThresholdKey]
    if name == .mq {
      keys += [
        "sequential_threshold", "random_threshold", "read_promote_adjustment",
        "write_promote_adjustment", "discard_promote_adjustment",
      ]
    }
    return CachePolicy(
      name,
      arguments: keys.compactMap { key in
        guard chance(), let value = TargetWord("\(number(0...UInt32.max))") else { return nil }
        return CachePolicy.Argument(key: key, value: value)
      })
  }

  fileprivate mutating func writecacheOptions() throws -> WritecacheOptions {
    try WritecacheOptions(
      startSector: maybe { $0.sectors(0...64) } ?? 0, highWatermark: maybe { $0.number(0...100) },
      lowWatermark: maybe { $0.number(0...100) }, writebackJobs: maybe { $0.number() },
      autocommitBlocks: maybe { $0.number() },
      autocommitTime: maybe { $0.number(0...WritecacheOptions.greatestAutocommitTime) },
      maximumAge: maybe { $0.number(0...WritecacheOptions.greatestMaximumAge) },
      isCleaner: chance(), cachesMetadataOnly: chance(),
      pauseWriteback: maybe { $0.number(0...WritecacheOptions.greatestPauseOfWriteback) })
  }
}
