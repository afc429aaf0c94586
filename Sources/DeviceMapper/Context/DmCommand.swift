/// A command of the device-mapper interface: one `DM_…` ioctl on the control device.
public enum DmCommand: UInt8, Sendable, Hashable, CaseIterable, Codable {
  /// `DM_VERSION`
  case version = 0
  /// `DM_REMOVE_ALL`
  case removeAll
  /// `DM_LIST_DEVICES`
  case listDevices
  /// `DM_DEV_CREATE`
  case deviceCreate
  /// `DM_DEV_REMOVE`
  case deviceRemove
  /// `DM_DEV_RENAME`
  case deviceRename
  /// `DM_DEV_SUSPEND`, which also resumes
  case deviceSuspend
  /// `DM_DEV_STATUS`
  case deviceInfo
  /// `DM_DEV_WAIT`
  case deviceWait
  /// `DM_TABLE_LOAD`
  case tableLoad
  /// `DM_TABLE_CLEAR`
  case tableClear
  /// `DM_TABLE_DEPS`
  case tableDeps
  /// `DM_TABLE_STATUS`
  case tableStatus
  /// `DM_LIST_VERSIONS`
  case listVersions
  /// `DM_TARGET_MSG`
  case targetMessage
  /// `DM_DEV_SET_GEOMETRY`
  case setGeometry
  /// `DM_DEV_ARM_POLL`
  case armPoll
  /// `DM_GET_TARGET_VERSION`
  case targetVersion
}

extension DmCommand {
  /// The first interface version that has the command, which is also the version sent with it: the
  /// kernel refuses a request that is newer than itself.
  public var minimumVersion: InterfaceVersion {
    let minor: UInt32 =
      switch self {
      case .listVersions: 1
      case .targetMessage: 2
      case .setGeometry: 6
      case .armPoll: 36
      case .targetVersion: 41
      default: 0
      }
    return InterfaceVersion(major: 4, minor: minor, patch: 0)
  }

  /// The flags that a caller may give; those that a command implies aren't among them.
  public var allowedFlags: DmFlags {
    switch self {
    case .removeAll, .deviceRemove: [.deferredRemove]
    case .deviceCreate: [.readOnly, .persistentDevice]
    case .deviceSuspend: [.suspend, .noFlush, .skipLockFilesystem]
    case .deviceInfo: [.queryInactiveTable, .noFlush]
    case .deviceWait, .tableStatus:
      [.noFlush, .statusTable, .queryInactiveTable, .imaMeasurement, .secureData]
    case .tableLoad: [.readOnly, .secureData]
    case .tableDeps: [.queryInactiveTable]
    case .targetMessage: [.secureData]
    default: []
    }
  }

  /// Makes sure that the command takes the options.
  package func check(_ options: DmOptions) throws(DmError) {
    let refused = options.flags.subtracting(allowedFlags)
    if !refused.isEmpty {
      throw DmError(.invalidOption, command: self, context: .flags(refused))
    }
  }

  /// The request number: `_IOWR(0xfd, command, struct dm_ioctl)`.
  package var request: UInt {
    let readWrite: UInt = 3 << 30
    return readWrite | UInt(RequestLayout.headerSize) << 16 | 0xfd << 8 | UInt(rawValue)
  }
}

extension DmCommand: CustomStringConvertible {
  /// The name of the ioctl, for example `DM_TABLE_LOAD`.
  public var description: String {
    switch self {
    case .version: "DM_VERSION"
    case .removeAll: "DM_REMOVE_ALL"
    case .listDevices: "DM_LIST_DEVICES"
    case .deviceCreate: "DM_DEV_CREATE"
    case .deviceRemove: "DM_DEV_REMOVE"
    case .deviceRename: "DM_DEV_RENAME"
    case .deviceSuspend: "DM_DEV_SUSPEND"
    case .deviceInfo: "DM_DEV_STATUS"
    case .deviceWait: "DM_DEV_WAIT"
    case .tableLoad: "DM_TABLE_LOAD"
    case .tableClear: "DM_TABLE_CLEAR"
    case .tableDeps: "DM_TABLE_DEPS"
    case .tableStatus: "DM_TABLE_STATUS"
    case .listVersions: "DM_LIST_VERSIONS"
    case .targetMessage: "DM_TARGET_MSG"
    case .setGeometry: "DM_DEV_SET_GEOMETRY"
    case .armPoll: "DM_DEV_ARM_POLL"
    case .targetVersion: "DM_GET_TARGET_VERSION"
    }
  }
}
