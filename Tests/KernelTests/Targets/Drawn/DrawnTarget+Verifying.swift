import DeviceMapperTargets

/// Targets that encrypt or verify.
extension DrawnTarget {
  static let encrypting: [DrawnTarget] = [
    DrawnTarget(.crypt) { draw in
      let (cipher, keySize) = draw.cipher()
      return .crypt(
        try CryptTargetParams(
          cipher: cipher, key: draw.key(keySize), ivOffset: draw.sectors(0...UInt64.max),
          device: draw.leg(), start: draw.start(), features: draw.cryptFeatures()))
    },
    DrawnTarget(.verity, isAlone: true) { draw in
      let digest: (name: TargetWord, size: Int) = draw.one(
        of: ("sha256", 32), ("sha384", 48), ("sha512", 64))
      let dataSize = Bytes(draw.powerOfTwo(9...12))
      let hashSize = Bytes(draw.powerOfTwo(9...12))
      let legs = draw.legs(2)
      let salt = draw.maybe { HexBytes($0.bytes($0.number(1...256))) } ?? nil
      guard let root = HexBytes(draw.bytes(digest.size)) else { throw ParameterError.noDigest }
      return .verity(
        try VerityTargetParams(
          version: draw.any(), dataDevice: legs[0], hashDevice: legs[1], dataBlockSize: dataSize,
          hashBlockSize: hashSize,
          dataBlocks: DataBlocks(rawValue: UInt64(Draw.length.bytes.rawValue / dataSize.rawValue)),
          hashStart: HashBlocks(rawValue: draw.number(0...100)), algorithm: digest.name,
          rootDigest: root, salt: salt,
          options: draw.verityOptions()))
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
  /// A cipher, and the size of its key in bytes.
  fileprivate mutating func cipher() -> (CryptCipher, Int) {
    one(
      of: ("aes-xts-plain64", 64), ("aes-xts-plain64", 32), ("aes-xts-plain", 64),
      ("aes-xts-plain64be", 64), ("aes-xts-essiv:sha256", 64), ("aes-cbc-plain", 24),
      ("aes-cbc-essiv:sha256", 16), ("aes-cbc-null", 32), ("aes-cbc-benbi", 32),
      ("aes-cbc-eboiv", 32), ("aes-ecb", 16), ("aes", 32), ("aes-plain", 16),
      ("aes:2-cbc-plain64", 64), ("capi:xts(aes)-plain64", 64), ("capi:cbc(aes)-plain64", 16),
      ("capi:ecb(aes)-null", 32))
  }

  fileprivate mutating func cryptFeatures() -> CryptFeatures {
    var features = CryptFeatures()
    features.allowsDiscards = chance()
    features.usesSameCPU = chance()
    features.hasHighPriority = kernel.isNew && chance()
    features.submitsFromCryptCPUs = chance()
    features.bypassesReadWorkqueue = chance()
    features.bypassesWriteWorkqueue = chance()
    features.sectorSize = one(of: 512, 1024, 2048, 4096)
    features.usesLargeSectorIVs = chance()
    return features
  }

  fileprivate mutating func verityOptions() -> VerityOptions {
    var options = VerityOptions()
    options.corruptionMode = maybe { $0.any() }
    options.errorMode = kernel.isNew ? maybe { $0.any() } : nil
    options.ignoresZeroBlocks = chance()
    options.checksAtMostOnce = chance()
    options.triesTasklet = chance()
    return options
  }

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
