extension RaidOptions {
  /// Checks the options against the level and the number of devices.
  func check(
    for type: RaidType, chunkSize: Sectors, devices: [RaidTargetParams.Member?]
  ) throws(ParameterError) {
    try checkLevel(type.level)
    try checkDevices(devices)
    try checkRedundancy(type.level, devices)
    try checkSizes(chunkSize: chunkSize, level: type.level)
    if journalMode != nil, journalDevice == nil {
      throw ParameterError(.raid, "journal mode", rule: "used with a journal device")
    }
    if let minimumRecoveryRate, let maximumRecoveryRate, maximumRecoveryRate > 0,
      minimumRecoveryRate > maximumRecoveryRate
    {
      throw ParameterError(.raid, "minimum recovery rate", rule: "the maximum rate at most")
    }
    if type.level == .raid10 {
      guard (2...max(2, devices.count)).contains(Int(raid10Copies ?? 2)) else {
        throw ParameterError(.raid, "raid10 copies", rule: "from 2 to the number of devices")
      }
    }
    if usesNearSets, raid10Format ?? .near == .near {
      throw ParameterError(.raid, "raid10_use_near_sets", rule: "used with far or offset")
    }
  }

  /// Checks that the level has each of the options.
  private func checkLevel(_ level: RaidLevel) throws(ParameterError) {
    let hasParity = level.parityDevices > 0
    let rules: [(isSet: Bool, name: String, isAllowed: Bool)] = [
      (synchronization == .sync, "sync", level != .raid0),
      (synchronization == .nosync, "nosync", level != .raid0 && level != .raid6),
      (!rebuild.isEmpty, "rebuild", level != .raid0),
      (daemonSleep != nil, "daemon_sleep", level != .raid0),
      (minimumRecoveryRate != nil, "min_recovery_rate", level != .raid0),
      (maximumRecoveryRate != nil, "max_recovery_rate", level != .raid0),
      (!writeMostly.isEmpty, "write_mostly", level == .raid1),
      (maximumWriteBehind != nil, "max_write_behind", level == .raid1),
      (stripeCache != nil, "stripe_cache", hasParity),
      (regionSize != nil, "region_size", level != .raid0),
      (raid10Copies != nil, "raid10_copies", level == .raid10),
      (raid10Format != nil, "raid10_format", level == .raid10),
      (usesNearSets, "raid10_use_near_sets", level == .raid10),
      (deltaDisks != nil, "delta_disks", level != .raid0),
      (journalDevice != nil, "journal_dev", hasParity),
      (journalMode != nil, "journal_mode", hasParity),
    ]
    for rule in rules where rule.isSet && !rule.isAllowed {
      throw ParameterError(.raid, rule.name, rule: "left out with \(level)")
    }
  }

  private func checkDevices(
    _ devices: [RaidTargetParams.Member?]
  ) throws(ParameterError) {
    for (name, indices) in [("rebuild", rebuild), ("write_mostly", writeMostly)] {
      guard indices.allSatisfy({ Int($0) < devices.count }), indices.isStrictlyRising else {
        throw ParameterError(
          .raid, name, rule: "indices of devices in rising order without repetition")
      }
    }
    for index in rebuild where devices[Int(index)] == nil {
      throw ParameterError(.raid, "rebuild", rule: "the index of a device that is there")
    }
    if !rebuild.isEmpty, synchronization != nil {
      throw ParameterError(.raid, "rebuild", rule: "left out with sync and nosync")
    }
    if !writeMostly.isEmpty, writeMostly.count >= devices.count {
      throw ParameterError(.raid, "write_mostly", rule: "left out for one device at least")
    }
    if let deltaDisks {
      let most = RaidTargetParams.deviceCounts.upperBound - 2
      guard (1...most).contains(Int(deltaDisks.magnitude)) else {
        throw ParameterError(.raid, "delta_disks", rule: "from 1 to \(most), or negative so")
      }
    }
  }

  /// Checks that what has to be made anew can be made from the rest.
  private func checkRedundancy(
    _ level: RaidLevel, _ devices: [RaidTargetParams.Member?]
  ) throws(ParameterError) {
    let lost = rebuild.count + devices.count { $0 == nil }
    let most =
      switch level {
      case .raid0: devices.count
      // Which devices of RAID 10 hold the same depends on the layout.
      case .raid1, .raid10: devices.count - 1
      case .raid4, .raid5, .raid6: level.parityDevices
      }
    guard lost <= most else {
      throw ParameterError(
        .raid, "devices to rebuild or missing", rule: "no more than \(level) can do without")
    }
  }

  private func checkSizes(chunkSize: Sectors, level: RaidLevel) throws(ParameterError) {
    let numbers = Self.numbers
    for number in [
      daemonSleep, minimumRecoveryRate, maximumRecoveryRate, stripeCache, raid10Copies,
    ] where !numbers.contains(number ?? 0) {
      throw ParameterError(.raid, "options", rule: "numbers up to \(numbers.upperBound)")
    }
    if let maximumWriteBehind, maximumWriteBehind.rawValue > numbers.upperBound {
      throw ParameterError(.raid, "max_write_behind", rule: "2147483647 sectors at most")
    }
    if let regionSize, regionSize != 0 {
      // RAID 1 has no chunks, whatever its table says.
      let chunk = level == .raid1 ? 0 : chunkSize
      guard regionSize.rawValue.isPowerOfTwo, regionSize >= chunk,
        regionSize.rawValue <= numbers.upperBound
      else {
        throw ParameterError(
          .raid, "region_size", rule: "a power of two and not less than the chunk size")
      }
    }
    if let dataOffset, dataOffset != 0 {
      guard dataOffset >= RaidTargetParams.minimumDataOffset, dataOffset.isMultiple(of: 8),
        dataOffset.rawValue <= numbers.upperBound
      else {
        throw ParameterError(.raid, "data_offset", rule: "0 or whole pages from 32 sectors on")
      }
    }
  }
}

extension [UInt32] {
  /// Whether each element is greater than the one before it.
  var isStrictlyRising: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}
