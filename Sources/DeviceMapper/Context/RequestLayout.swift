/// Where the fields of the interface's structures stand, in bytes; `linux/dm-ioctl.h`.
///
/// Offsets instead of the C structures: a reply is read from bytes that need not be aligned and may
/// be anything, and the structures end in arrays that C itself has no bounds for.
package enum RequestLayout {
  /// The size of `struct dm_ioctl`.
  package static let headerSize = 312
  package static let version = 0
  package static let dataSize = 12
  package static let dataStart = 16
  package static let targetCount = 20
  package static let openCount = 24
  package static let flags = 28
  package static let eventNumber = 32
  package static let device = 40
  package static let name = 48
  package static let nameSize = 128
  package static let uuid = 176
  package static let uuidSize = 129
  /// The smallest `data_size`: the header without its padding.
  package static let minimumDataSize = 305

  /// The size of `struct dm_target_spec`, which stands in front of each line of a table.
  package static let targetSpecSize = 40
  package static let targetStart = 0
  package static let targetLength = 8
  package static let targetNext = 20
  package static let targetType = 24
  package static let targetTypeSize = 16

  /// Everything behind a string begins at a multiple of this.
  package static let alignment = 8

  package static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) & ~(alignment - 1) }
}
