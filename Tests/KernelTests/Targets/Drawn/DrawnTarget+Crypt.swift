import DeviceMapperTargets

/// The kinds of `crypt`, by where its keys and its tags are.
extension DrawnTarget {
  static let crypt: [DrawnTarget] = [
    DrawnTarget(.crypt) { draw in
      let (cipher, keySize) = draw.cipher()
      return .crypt(
        try CryptTargetParams(
          cipher: cipher, key: draw.key(keySize), ivOffset: draw.sectors(0...UInt64.max),
          device: draw.leg(), start: draw.start(), features: draw.cryptFeatures()))
    },
    DrawnTarget(.crypt, "with keys of the key ring", on: .keys) { draw in
      let (cipher, keySize) = draw.cipher()
      return .crypt(
        try CryptTargetParams(
          cipher: cipher, key: .keyring(draw.keyringKey(keySize)), device: draw.leg(),
          start: draw.start(), features: draw.cryptFeatures()))
    },
    DrawnTarget(.crypt, "with tags", isAlone: true, on: .tags) { draw in
      let cipher = draw.taggingCipher()
      var features = draw.cryptFeatures()
      features.integrity = CryptFeatures.Integrity(
        tagSize: draw.number(cipher.tags), profile: .aead)
      features.integrityKeySize = nil
      var macSize = cipher.macSize
      if draw.kernel.isNew, macSize > 0, draw.chance() {
        macSize = draw.number(1...64)
        features.integrityKeySize = UInt32(macSize)
        // Kernels take nine words at most.
        features.hasHighPriority = false
      }
      return .crypt(
        try CryptTargetParams(
          cipher: cipher.name, key: draw.key(cipher.keySize + macSize),
          ivOffset: draw.sectors(0...UInt64.max), device: DrawnGround.device,
          start: draw.sectors(0...1024), features: features))
    },
  ]
}

extension Draw {
  /// A key of so many bytes.
  mutating func key(_ count: Int) -> KeySpecification {
    KeyMaterial(bytes: bytes(count)).map(KeySpecification.hex) ?? .none
  }

  /// A key of so many bytes that the kernel looks up.
  fileprivate mutating func keyringKey(_ count: Int) throws -> KeyringKey {
    let type: KeyringKeyType = one(of: .logon, .user, .encrypted)
    guard type != .encrypted || 20...128 ~= count else {
      throw ParameterError(.crypt, "key", rule: "one of 20 to 128 bytes if it is encrypted")
    }
    let name: TargetWord = one(of: "swift:a", "swift:with:colons", "swift:50%/x=\"y\",z")
    // A key has one size only.
    return KeyringKey(
      byteCount: UInt32(count), keyType: type, name: TargetWord("\(name)-\(count)") ?? name)
  }

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

  /// A cipher that authenticates.
  fileprivate struct TaggingCipher {
    var name: CryptCipher
    /// The size of the key in bytes, without the part for authentication.
    var keySize: Int
    /// The size of that part, if there is one.
    var macSize: Int
    /// What lies beside a sector: the tag, and with `random` the initialisation vector.
    var tags: ClosedRange<UInt32>

    init(_ name: CryptCipher, key: Int, mac: Int = 0, tags: ClosedRange<UInt32>) {
      self.name = name
      keySize = key
      macSize = mac
      self.tags = tags
    }
  }

  fileprivate mutating func taggingCipher() -> TaggingCipher {
    one(
      of:
        TaggingCipher(
          "capi:authenc(hmac(sha256),xts(aes))-random", key: 64, mac: 32, tags: 17...48),
      TaggingCipher(
        "capi:authenc(hmac(sha256),xts(aes))-plain64", key: 32, mac: 32, tags: 1...32),
      TaggingCipher(
        "capi:authenc(hmac(sha512),xts(aes))-random", key: 64, mac: 64, tags: 17...80),
      TaggingCipher(
        "capi:authenc(hmac(sha256),cbc(aes))-essiv:sha256", key: 32, mac: 32, tags: 1...32),
      TaggingCipher("capi:gcm(aes)-random", key: 32, tags: 24...28),
      TaggingCipher("capi:gcm(aes)-plain64", key: 16, tags: 12...16),
      TaggingCipher("capi:rfc7539(chacha20,poly1305)-random", key: 32, tags: 28...28),
      TaggingCipher("capi:rfc7539(chacha20,poly1305)-plain64", key: 32, tags: 16...16))
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
    // Both are kept without use where nothing authenticates.
    if chance(4) {
      features.integrity = CryptFeatures.Integrity(
        tagSize: number(CryptTargetParams.tagSizes), profile: .none)
    } else if kernel.isNew, chance(4) {
      features.integrityKeySize = number(1...UInt32.max)
    }
    return features
  }
}
