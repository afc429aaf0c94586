/// What to do about a file in many pieces.
///
/// Each region costs the kernel memory (hundreds of bytes to tens of KiB, depending on how many
/// processors it is built for) and slows every request to the device down.
public enum RegionLimit: Hashable, Sendable {
  /// A region for each piece, however many.
  case none
  /// Refuse a file that needs more regions than this.
  case refuse(above: Int)
  /// Join pieces, those with the least between them first, until there are no more than this.
  ///
  /// I/O to what lies between is counted too, which may belong to other files. At least 1.
  case join(upTo: Int)
}
