import DeviceMapperTargets

/// Targets that verify.
extension DrawnTarget {
  static let verifying: [DrawnTarget] = [
    DrawnTarget(.verity, isAlone: true) { draw in
      let digest: (name: TargetWord, size: Int) = draw.one(
        of: ("sha256", 32), ("sha384", 48), ("sha512", 64))
      let dataSize = Bytes(draw.powerOfTwo(9...12))
      let hashSize = Bytes(draw.powerOfTwo(9...12))
      let dataBlocks = UInt64(Draw.length.bytes.rawValue / dataSize.rawValue)
      let legs = draw.legs(2)
      let salt = draw.maybe { HexBytes($0.bytes($0.number(1...256))) } ?? nil
      guard let root = HexBytes(draw.bytes(digest.size)) else { throw ParameterError.noDigest }
      return .verity(
        try VerityTargetParams(
          version: draw.any(), dataDevice: legs[0], hashDevice: legs[1], dataBlockSize: dataSize,
          hashBlockSize: hashSize,
          dataBlocks: DataBlocks(rawValue: dataBlocks),
          hashStart: HashBlocks(rawValue: draw.number(0...Draw.greatestHashStart)),
          algorithm: digest.name,
          rootDigest: root, salt: salt,
          options: draw.verityOptions(of: dataBlocks)))
    },
    DrawnTarget(.integrity, length: 8, isAlone: true) { draw in
      let legs = draw.legs(2)
      let features = draw.integrityFeatures(meta: legs[1])
      let tagSize: UInt32? = features.internalHash == nil ? draw.number(1...64) : nil
      return .integrity(
        try IntegrityTargetParams(
          device: legs[0], start: draw.sectors(0...64), tagSize: tagSize,
          mode: draw.one(of: .journal, .bitmap, .direct, .recovery), features: features))
    },
  ]
}

extension Draw {
  fileprivate mutating func verityOptions(of dataBlocks: UInt64) throws -> VerityOptions {
    var options = VerityOptions()
    options.corruptionMode = maybe { $0.any() }
    options.errorMode = kernel.isNew ? maybe { $0.any() } : nil
    options.ignoresZeroBlocks = chance()
    options.checksAtMostOnce = chance()
    options.triesTasklet = chance()
    // Debian's kernel is built without the correction.
    options.errorCorrection = kernel.isNew ? try maybe { try $0.correction(of: dataBlocks) } : nil
    return options
  }

  /// A correction for blocks of which so many are half a leg, and more of them behind the start of the
  /// tree.
  private mutating func correction(of dataBlocks: UInt64) throws -> VerityErrorCorrection {
    try VerityErrorCorrection(
      device: leg(),
      blocks: DataBlocks(rawValue: number(dataBlocks...(3 * dataBlocks - Self.greatestHashStart))),
      start: DataBlocks(rawValue: number(0...dataBlocks)),
      roots: number(VerityErrorCorrection.rootCounts))
  }

  /// The last block of a leg at which a tree begins.
  fileprivate static let greatestHashStart: UInt64 = 100

  fileprivate mutating func integrityFeatures(meta: DeviceReference) -> IntegrityFeatures {
    var features = IntegrityFeatures()
    features.metaDevice = maybe { _ in meta }
    features.blockSize = maybe { $0.one(of: 512, 1024, 2048, 4096) }
    features.recalculation = maybe { $0.any() }
    features.discards = kernel.isNew ? maybe { $0.any() } : maybe { _ in .allowed }
    features.interleaveSectors = maybe { UInt32($0.powerOfTwo(8...12)) }
    features.bufferSectors = maybe { $0.number(8...128) }
    features.journalSectors = maybe { $0.number(100...1000) }
    features.journalWatermark = maybe { $0.number(0...100) }
    features.commitTime = maybe { $0.number(0...100_000) }
    features.sectorsPerBit = maybe { $0.powerOfTwo(9...20) }
    features.bitmapFlushInterval = maybe { $0.number(1...100_000) }
    features.fixesPadding = chance()
    features.fixesHMAC = chance()
    features.internalHash = maybe { draw in
      draw.one(
        of: IntegrityAlgorithm("sha256"), IntegrityAlgorithm("sha512"), draw.hmac())
    }
    features.journalMAC = chance(4) ? hmac() : nil
    features.journalCrypt = chance(4) ? encryption() : nil
    // Which of the keys have to be there for a safe recalculation depends on the superblock.
    let hasKey = features.internalHash?.key != nil || features.journalMAC != nil
    features.allowsLegacyRecalculation = hasKey || chance()
    return features
  }

  private mutating func hmac() -> IntegrityAlgorithm {
    IntegrityAlgorithm("hmac(sha256)", key: KeyMaterial(bytes: bytes(number(1...64))))
  }

  private mutating func encryption() -> IntegrityAlgorithm {
    IntegrityAlgorithm(
      one(of: "ctr(aes)", "cbc(aes)"), key: KeyMaterial(bytes: bytes(one(of: 16, 32))))
  }
}

extension ParameterError {
  fileprivate static var noDigest: ParameterError {
    ParameterError(.verity, "digest", rule: "not empty")
  }
}
