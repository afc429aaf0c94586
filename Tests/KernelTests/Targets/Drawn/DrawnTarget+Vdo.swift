import DeviceMapperTargets

/// `vdo`, with lines of all versions.
extension DrawnTarget {
  static let vdo = DrawnTarget(
    .vdo, length: DrawnGround.vdoSizes.length, isAlone: true, on: .vdo
  ) { draw in
    let version: VdoTableVersion = draw.turn()
    let ignored = (0..<version.ignoredWordCount).map { _ -> TargetWord in
      draw.one(of: "on", "0", "auto", "sync", "vdo0", "disabled")
    }
    return .vdo(
      try VdoTargetParams(
        version: version, device: DrawnGround.device,
        physicalBlocks: version == .v0 ? nil : DrawnGround.vdoSizes.blocks,
        minimumIOSize: draw.one(of: 512, 4096),
        blockMapCache: VdoBlocks(rawValue: draw.number(1...4096)),
        blockMapEra: draw.number(VdoTargetParams.blockMapEras),
        options: draw.vdoOptions(threadsOnly: version <= .v1), ignoredWords: ignored))
  }
}

extension Draw {
  fileprivate mutating func vdoOptions(threadsOnly: Bool) throws -> VdoOptions {
    // There is one slab for a zone of the device, and the cache is for one zone of the volume.
    let hasZones = chance()
    let noZone: UInt32? = maybe { _ in 0 }
    // Under a key that they don't know, kernels take numbers as of threads.
    let other = VdoOptions.Pair(key: "later", value: one(of: "0", "100"))
    return try VdoOptions(
      acknowledgeThreads: maybe { $0.number(0...100) }, bioThreads: maybe { $0.number(1...100) },
      bioRotationInterval: maybe { $0.number(1...1024) },
      cpuThreads: maybe { $0.number(1...100) }, hashThreads: hasZones ? number(1...100) : noZone,
      logicalThreads: hasZones ? 1 : noZone, physicalThreads: hasZones ? 1 : noZone,
      maximumDiscard: threadsOnly
        ? nil : maybe { VdoBlocks(rawValue: $0.number(1...Self.greatestDiscard)) },
      deduplicates: threadsOnly ? nil : maybe { $0.chance() },
      compresses: threadsOnly ? nil : maybe { $0.chance() },
      indexMemory: threadsOnly
        ? nil
        : one(of: nil, .quarter, .half, .threeQuarters, .gibibytes(number(1...1000))),
      hasSparseIndex: threadsOnly ? nil : maybe { $0.chance() },
      slabSize: threadsOnly ? nil : maybe { VdoBlocks(rawValue: $0.powerOfTwo(13...23)) },
      unknown: chance() ? [other] : [])
  }

  private static let greatestDiscard = VdoOptions.greatestMaximumDiscard.rawValue
}
