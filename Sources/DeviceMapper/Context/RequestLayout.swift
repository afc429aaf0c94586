/// Where the fields of the interface's structures stand, in bytes; `linux/dm-ioctl.h`.
///
/// Offsets instead of the C structures: a reply is read from bytes that need not be aligned and may
/// be anything, and the structures end in arrays that C itself has no bounds for.
enum RequestLayout {
  /// The size of `struct dm_ioctl`.
  static let headerSize = 312
  static let version = 0
  static let dataSize = 12
  static let dataStart = 16
  static let targetCount = 20
  static let openCount = 24
  static let flags = 28
  static let eventNumber = 32
  static let device = 40
  static let name = 48
  static let nameSize = 128
  static let uuid = 176
  static let uuidSize = 129
  /// The smallest `data_size`: the header without its padding.
  static let minimumDataSize = 305

  /// The size of `struct dm_target_spec`, which stands in front of each line of a table.
  static let targetSpecSize = 40
  static let targetStart = 0
  static let targetLength = 8
  static let targetNext = 20
  static let targetType = 24
  static let targetTypeSize = 16

  /// Everything behind a string begins at a multiple of this.
  static let alignment = 8

  static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) & ~(alignment - 1) }
}
