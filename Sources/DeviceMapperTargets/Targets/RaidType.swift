/// The level of RAID and how the parity or the copies are laid out.
public enum RaidType: Keyword {
  /// Stripes without redundancy.
  case raid0
  /// Copies.
  case raid1
  /// Stripes of copies in the default layout, which is ``raid10Near``.
  case raid10
  /// Stripes of copies, a chunk's copies on neighbouring devices.
  case raid10Near
  /// Stripes of copies, the second copies in the second half of the devices.
  case raid10Far
  /// Stripes of copies, the second copy of a stripe below it and shifted by a device.
  case raid10Offset
  /// Parity on the first device.
  case raid4
  /// Parity on the last device.
  case raid5N
  /// Rotating parity, left symmetric.
  case raid5LeftSymmetric
  /// Rotating parity, right symmetric.
  case raid5RightSymmetric
  /// Rotating parity, left asymmetric.
  case raid5LeftAsymmetric
  /// Rotating parity, right asymmetric.
  case raid5RightAsymmetric
  /// Two parities, rotating, zero restart.
  case raid6ZeroRestart
  /// Two parities, rotating, N restart.
  case raid6NRestart
  /// Two parities, rotating, N continue.
  case raid6NContinue
  /// Two parities, both on devices of their own: the way from and to RAID 4 and 5.
  case raid6N6
  /// Left symmetric parity, the second one on a device of its own.
  case raid6LeftSymmetric6
  /// Right symmetric parity, the second one on a device of its own.
  case raid6RightSymmetric6
  /// Left asymmetric parity, the second one on a device of its own.
  case raid6LeftAsymmetric6
  /// Right asymmetric parity, the second one on a device of its own.
  case raid6RightAsymmetric6

  /// The word in a table and in a status.
  public var keyword: StaticString {
    switch self {
    case .raid0: "raid0"
    case .raid1: "raid1"
    case .raid10: "raid10"
    case .raid10Near: "raid10_near"
    case .raid10Far: "raid10_far"
    case .raid10Offset: "raid10_offset"
    case .raid4: "raid4"
    case .raid5N: "raid5_n"
    case .raid5LeftSymmetric: "raid5_ls"
    case .raid5RightSymmetric: "raid5_rs"
    case .raid5LeftAsymmetric: "raid5_la"
    case .raid5RightAsymmetric: "raid5_ra"
    case .raid6ZeroRestart: "raid6_zr"
    case .raid6NRestart: "raid6_nr"
    case .raid6NContinue: "raid6_nc"
    case .raid6N6: "raid6_n_6"
    case .raid6LeftSymmetric6: "raid6_ls_6"
    case .raid6RightSymmetric6: "raid6_rs_6"
    case .raid6LeftAsymmetric6: "raid6_la_6"
    case .raid6RightAsymmetric6: "raid6_ra_6"
    }
  }

  /// The level without the layout.
  public var level: RaidLevel {
    switch self {
    case .raid0: .raid0
    case .raid1: .raid1
    case .raid10, .raid10Near, .raid10Far, .raid10Offset: .raid10
    case .raid4: .raid4
    case .raid5N, .raid5LeftSymmetric, .raid5RightSymmetric, .raid5LeftAsymmetric,
      .raid5RightAsymmetric:
      .raid5
    case .raid6ZeroRestart, .raid6NRestart, .raid6NContinue, .raid6N6, .raid6LeftSymmetric6,
      .raid6RightSymmetric6, .raid6LeftAsymmetric6, .raid6RightAsymmetric6:
      .raid6
    }
  }
}

/// A level of RAID.
public enum RaidLevel: Keyword {
  /// Stripes without redundancy.
  case raid0
  /// Copies.
  case raid1
  /// One parity, on one device.
  case raid4
  /// One parity, spread over the devices.
  case raid5
  /// Two parities.
  case raid6
  /// Stripes of copies.
  case raid10

  /// The word for it.
  public var keyword: StaticString {
    switch self {
    case .raid0: "raid0"
    case .raid1: "raid1"
    case .raid4: "raid4"
    case .raid5: "raid5"
    case .raid6: "raid6"
    case .raid10: "raid10"
    }
  }

  /// How many devices' worth of space the parity takes.
  public var parityDevices: Int {
    switch self {
    case .raid0, .raid1, .raid10: 0
    case .raid4, .raid5: 1
    case .raid6: 2
    }
  }

  /// The fewest devices that the kernel makes an array of.
  public var minimumDevices: Int {
    switch self {
    case .raid0, .raid1: 1
    case .raid4, .raid5, .raid10: 2
    case .raid6: 4
    }
  }
}
