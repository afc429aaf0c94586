public import DeviceMapperTargets

/// How a request addresses a device.
public enum DevId: Hashable, Sendable {
  /// By its name.
  case name(DmName)
  /// By its uuid.
  case uuid(DmUuid)
  /// By its device number.
  case device(Device)
}

extension DevId: CustomStringConvertible {
  /// The name, `uuid UUID` or `MAJOR:MINOR`.
  public var description: String {
    switch self {
    case .name(let name): name.description
    case .uuid(let uuid): "uuid \(uuid)"
    case .device(let device): device.description
    }
  }
}
