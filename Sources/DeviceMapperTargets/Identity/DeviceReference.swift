/// A block device as a table names it: by number, as the kernel prints it, or by path.
public enum DeviceReference: Hashable, Sendable {
  /// The device with this number.
  case number(Device)
  /// The device whose node is at this path when the table is loaded.
  case path(DevicePath)

  /// Reads `MAJOR:MINOR` or an absolute path; `nil` for anything else.
  public init?(_ text: String) {
    if let device = Device(text) {
      self = .number(device)
    } else if let path = DevicePath(text) {
      self = .path(path)
    } else {
      return nil
    }
  }

  /// The device number, or `nil` for a path.
  public var device: Device? {
    if case .number(let device) = self { device } else { nil }
  }
}

extension DeviceReference: CustomStringConvertible {
  /// The number or path.
  public var description: String {
    switch self {
    case .number(let device): device.description
    case .path(let path): path.description
    }
  }
}

extension DeviceReference: Codable {
  /// Decodes `"MAJOR:MINOR"` or a path.
  public init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self),
      let device = Device(text)
    {
      self = .number(device)
    } else {
      self = .path(try DevicePath(from: decoder))
    }
  }

  /// Encodes `"MAJOR:MINOR"` or the path.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .number(let device): try device.encode(to: encoder)
    case .path(let path): try path.encode(to: encoder)
    }
  }
}
