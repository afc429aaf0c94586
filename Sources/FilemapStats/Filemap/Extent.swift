public import DeviceMapperTargets

/// A piece of a file that lies in one piece on the file system's device: `struct fiemap_extent`.
public struct Extent: Hashable, Sendable {
  /// Where in the file the piece begins.
  public var fileOffset: Sectors
  /// The sectors of the device.
  public var range: SectorRange
  /// What the file system says of the piece.
  public var flags: ExtentFlags

  /// Creates an extent from its parts.
  public init(fileOffset: Sectors, range: SectorRange, flags: ExtentFlags = []) {
    self.fileOffset = fileOffset
    self.range = range
    self.flags = flags
  }
}
