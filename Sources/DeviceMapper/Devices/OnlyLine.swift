import DeviceMapperTargets

extension Array {
  /// The content of the only line, which is all that a device of one target has.
  func onlyLine<Content: TargetContent>(
    _ device: some DmDevice
  ) throws(DmError) -> Content where Element == TargetLine<Content> {
    guard count == 1, let line = first else {
      throw DmError(.invalidTable, device: device.id)
    }
    return line.content
  }
}

extension TargetTable {
  /// The only line, which is all that a device of one target has.
  func onlyLine(_ device: some DmDevice) throws(DmError) -> TargetLine<Content> {
    guard lines.count == 1, let line = lines.first else {
      throw DmError(.invalidTable, device: device.id)
    }
    return line
  }
}
