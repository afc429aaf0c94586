import SystemPackage

/// A line of the input, without its newline.
struct InputLine {
  /// The bytes; empty if there are too many.
  var bytes: [UInt8] = []
  /// The number of the line, from 1.
  var number: Int
  /// Whether the line has more bytes than ``LineReader/limit``.
  var isTooLong = false
}

/// Reads lines from a descriptor as they come, in constant memory.
struct LineReader {
  /// The most bytes of a line; the longest that are known, concise tables of whole machines, have
  /// some hundred thousand.
  static let limit = 4 << 20

  private let descriptor: FileDescriptor
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var unread = 0..<0
  private var number = 0

  init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

  /// The next line, or `nil` at the end.
  mutating func next() throws(Errno) -> InputLine? {
    var line = InputLine(number: number + 1)
    var isEmpty = true
    while true {
      if unread.isEmpty, try !fill() {
        if isEmpty { return nil }
        break
      }
      isEmpty = false
      let newline = buffer[unread].firstIndex(of: UInt8(ascii: "\n"))
      line.append(buffer[unread.lowerBound..<(newline ?? unread.upperBound)])
      unread = (newline.map { $0 + 1 } ?? unread.upperBound)..<unread.upperBound
      if newline != nil { break }
    }
    number += 1
    return line
  }

  /// Reads what is there, waiting for something; returns whether it isn't the end.
  private mutating func fill() throws(Errno) -> Bool {
    do {
      let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe descriptor.read(into: $0) }
      unread = 0..<count
      return count > 0
    } catch {
      throw error as? Errno ?? .ioError
    }
  }
}

extension InputLine {
  fileprivate mutating func append(_ part: ArraySlice<UInt8>) {
    if isTooLong || part.count > LineReader.limit - bytes.count {
      isTooLong = true
      bytes = []
    } else {
      bytes += part
    }
  }
}
