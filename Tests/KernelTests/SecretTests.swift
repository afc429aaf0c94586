import DeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// What a request with `DmFlags.secureData` leaves behind in the memory of the process.
  @Suite(.kernel(.error)) struct Secrets {
    let dm: DM

    init() throws { dm = try DM() }

    /// A secret number, and enough behind it for a request to outgrow its memory several times.
    ///
    /// The digits of the number are in memory only where they are written.
    private struct Content: TargetContent {
      var secret = UInt64.random(in: 1_000_000_000_000_000_000...9_000_000_000_000_000_000)

      var targetType: TargetType { .error }

      init() {}

      init(type: TargetType, fields: inout FieldScanner) throws(ParseError) {
        secret = try fields.number("secret")
      }

      func write(to text: inout TextWriter) {
        text.number(secret)
        for filler: UInt64 in 0..<1000 { text.number(filler) }
      }
    }

    @Test func `no copy of a table or of a message stays`() async throws {
      let content = Content()
      let needle = unsafe Needle(content.secret)
      let secure = DmOptions(flags: .secureData)
      _ = try dm.deviceCreate(.test("t"))
      // Newer kernels refuse these parameters, which is no reason to keep them.
      _ = try? dm.tableLoad(.test("t"), TargetTable(length: 8, content), options: secure)
      #expect(try needle.copies() == 0)

      // Nor of a message beyond the caller's own, which shows too that copies are found.
      let message = content.text
      let own = try needle.copies()
      #expect(own > 0)
      _ = try? dm.targetMessage(.test("t"), message, options: secure)
      #expect(try needle.copies() == own)
      #expect(!message.isEmpty)
    }
  }
}

/// Digits to look for in the memory of this process.
private struct Needle: ~Copyable {
  private let digits: UnsafeMutableRawBufferPointer
  /// Where memory is read to, in pages of its own, which aren't looked at.
  private let window: UnsafeMutableRawBufferPointer

  init(_ number: UInt64) {
    unsafe digits = .allocate(byteCount: 19, alignment: 1)
    unsafe window = .allocate(byteCount: 1 << 20, alignment: 4096)
    var rest = number
    for index in (0..<19).reversed() {
      unsafe digits[index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
  }

  deinit {
    unsafe digits.deallocate()
    unsafe window.deallocate()
  }

  private func address(of buffer: UnsafeMutableRawBufferPointer) -> UInt {
    unsafe UInt(bitPattern: buffer.baseAddress)
  }

  /// How often the digits stand elsewhere in memory that can be written.
  func copies() throws -> Int {
    let memory = try FileDescriptor.open("/proc/self/mem", .readOnly)
    defer { try? memory.close() }
    let ownDigits = unsafe address(of: digits)
    let ownWindow = unsafe address(of: window)
    var count = 0
    for range in try Self.writableRanges() {
      var start = range.lowerBound
      while start < range.upperBound {
        // Up to the window, or behind it.
        if start >= ownWindow, start < ownWindow + UInt(window.count) {
          start = ownWindow + UInt(window.count)
          continue
        }
        let end = start < ownWindow ? min(range.upperBound, ownWindow) : range.upperBound
        let size = min(window.count, Int(end - start))
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: window[..<size])
        guard
          let length = try? unsafe memory.read(fromAbsoluteOffset: Int64(start), into: part),
          length > 0
        else { break }
        for offset in found(in: length) where start + UInt(offset) != ownDigits { count += 1 }
        // Digits that reach from one part into the next one are in the next one whole.
        start += UInt(length < size || start + UInt(length) == end ? length : length - 18)
      }
    }
    return count
  }

  /// Where the digits begin in the first `length` bytes of the window.
  private func found(in length: Int) -> [Int] {
    var offsets: [Int] = []
    guard let base = unsafe window.baseAddress, let needle = unsafe digits.baseAddress else {
      return offsets
    }
    var start = 0
    while let place = unsafe memmem(base + start, length - start, needle, digits.count) {
      let offset = unsafe UnsafeRawPointer(place) - UnsafeRawPointer(base)
      offsets.append(offset)
      start = offset + 1
    }
    return offsets
  }

  /// The parts of memory that can be written, without the huge ones that sanitizers reserve.
  private static func writableRanges() throws -> [Range<UInt>] {
    let maps = try FileDescriptor.open("/proc/self/maps", .readOnly)
    defer { try? maps.close() }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let length = try unsafe buffer.withUnsafeMutableBytes { try unsafe maps.read(into: $0) }
      if length == 0 { break }
      text += buffer.prefix(length)
    }
    var ranges: [Range<UInt>] = []
    for line in text.split(separator: UInt8(ascii: "\n")) {
      var words = FieldScanner(line.span)
      guard let bounds = words.nextWord()?.text.string, let access = words.nextWord()?.text.string,
        access.hasPrefix("rw"), let dash = bounds.firstIndex(of: "-"),
        let start = UInt(bounds[..<dash], radix: 16),
        let end = UInt(bounds[bounds.index(after: dash)...], radix: 16), end - start < 1 << 30
      else { continue }
      ranges.append(start..<end)
    }
    return ranges
  }
}
