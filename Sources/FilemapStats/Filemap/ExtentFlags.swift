/// What a file system says of an extent: `fe_flags` in `struct fiemap_extent`.
public struct ExtentFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt32

  /// Creates a set from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The last extent of the file.
  public static let last = ExtentFlags(rawValue: 1 << 0)
  /// The place on the device isn't known.
  public static let unknown = ExtentFlags(rawValue: 1 << 1)
  /// The extent gets a place when it is written out.
  public static let delayedAllocation = ExtentFlags(rawValue: 1 << 2)
  /// The data is stored in another form, for example compressed.
  public static let encoded = ExtentFlags(rawValue: 1 << 3)
  /// The data is encrypted by the file system.
  public static let encrypted = ExtentFlags(rawValue: 1 << 7)
  /// The extent doesn't begin or end at a block.
  public static let notAligned = ExtentFlags(rawValue: 1 << 8)
  /// The data lies among the file system's metadata.
  public static let inline = ExtentFlags(rawValue: 1 << 9)
  /// The data shares a block with data of other files.
  public static let packedTail = ExtentFlags(rawValue: 1 << 10)
  /// The extent is allocated and reads as zeroes until it is written.
  public static let unwritten = ExtentFlags(rawValue: 1 << 11)
  /// The file system doesn't know extents and joined blocks.
  public static let merged = ExtentFlags(rawValue: 1 << 12)
  /// Other files, or other parts of this one, have the same place.
  public static let shared = ExtentFlags(rawValue: 1 << 13)
}

extension ExtentFlags: CustomStringConvertible {
  /// The names of the flags with blanks between.
  public var description: String {
    let names: [(ExtentFlags, String)] = [
      (.last, "last"), (.unknown, "unknown"), (.delayedAllocation, "delayed-allocation"),
      (.encoded, "encoded"), (.encrypted, "encrypted"), (.notAligned, "not-aligned"),
      (.inline, "inline"), (.packedTail, "packed-tail"), (.unwritten, "unwritten"),
      (.merged, "merged"), (.shared, "shared"),
    ]
    return names.filter { contains($0.0) }.map(\.1).joined(separator: " ")
  }
}
