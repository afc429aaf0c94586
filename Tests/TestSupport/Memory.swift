import Glibc
import SystemPackage

/// What stands in the memory of this process.
public enum Memory {
  /// How often each of some texts stands in memory that can be written: variables, the heap and what
  /// was freed of it, stacks.
  public static func occurrences(of texts: [[UInt8]]) throws -> [Int] {
    let size = 1 << 20
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4096)
    defer {
      // Its memory may be had again, and is no place of its own of what was read.
      unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
      unsafe buffer.deallocate()
    }
    let first = UInt(bitPattern: buffer.baseAddress)
    let own = first..<first + UInt(size)
    let overlap = UInt(texts.map(\.count).max() ?? 1) - 1
    let file = try FileDescriptor.open(FilePath("/proc/self/mem"), .readOnly, options: .closeOnExec)
    defer { try? file.close() }
    var counts = texts.map { _ in 0 }
    for region in try writable() {
      var start = region.lowerBound
      while start < region.upperBound {
        let length = min(UInt(size), region.upperBound - start)
        // A region may have gone meanwhile.
        let read = try? unsafe file.read(
          fromAbsoluteOffset: Int64(start),
          into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(length)]))
        guard let read, read > 0 else { break }
        let isLast = start + UInt(read) >= region.upperBound
        for (index, text) in texts.enumerated() {
          let memory = unsafe UnsafeRawBufferPointer(buffer).prefix(read)
          for place in unsafe places(of: text, in: memory) {
            let address = start + UInt(place)
            // What two parts of a region have in common counts once.
            if own.contains(address) || (!isLast && UInt(place) >= UInt(read) - overlap) {
              continue
            }
            counts[index] += 1
          }
        }
        start += isLast ? UInt(read) : UInt(read) - overlap
      }
    }
    return counts
  }

  private static func writable() throws -> [Range<UInt>] {
    try FilePath("/proc/self/maps").lines().compactMap { line in
      let words = line.split(separator: " ")
      guard words.count > 1, words[1].hasPrefix("rw") else { return nil }
      let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      return ends.count == 2 ? ends[0]..<ends[1] : nil
    }
  }

  private static func places(of text: [UInt8], in memory: Slice<UnsafeRawBufferPointer>) -> [Int] {
    let memory = unsafe UnsafeRawBufferPointer(rebasing: memory)
    guard let base = memory.baseAddress, let first = text.first else { return [] }
    var found: [Int] = []
    var start = 0
    while start <= memory.count - text.count,
      let next = unsafe memchr(base + start, CInt(first), memory.count - text.count - start + 1)
    {
      let place = unsafe UnsafeRawPointer(next) - base
      if unsafe memcmp(next, text, text.count) == 0 { found.append(place) }
      start = place + 1
    }
    return found
  }
}
