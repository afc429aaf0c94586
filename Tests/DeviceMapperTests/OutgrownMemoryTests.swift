import DeviceMapper
import DeviceMapperTargets
import Testing

struct OutgrownMemoryTests {
  private static let line = "aes-xts-plain64 " + String(repeating: "5a", count: 300) + " 0 1:0 0"

  @Test func `memory that a request outgrew is handed over to be wiped`() throws {
    var outgrown: [TargetText] = []
    var writer = TableWriter(lines: 1) { bytes in outgrown.append(TargetText(bytes: bytes.span)) }
    for index in 0..<8 {
      let target = VerbatimTarget(.crypt, TargetText(Self.line))
      writer.append(TargetLine(start: Sectors(rawValue: UInt64(index)), length: 1, target))
    }
    let request = writer.take()
    #expect(outgrown.count >= 2)
    // Everything that was written by then, so that nothing can have been left in another place; all
    // but the distance to the next line, four bytes, which is written behind a line's text.
    for bytes in outgrown {
      let written = bytes.trimmingZeroes
      #expect(written.count < request.count)
      #expect(zip(written, request).count { $0 != $1 } <= 4)
    }
    #expect(outgrown.last?.trimmingZeroes.count ?? 0 > Self.line.utf8.count)
  }

  @Test func `only requests with keys have their memory wiped as they grow`() {
    var bytes: [UInt8] = [1, 2, 3]
    DmFlags([.readOnly, .secureData]).disposal?(&bytes)
    #expect(bytes == [0, 0, 0])
    #expect(DmFlags.readOnly.disposal == nil)
  }
}

extension TargetText {
  /// The bytes up to the last one that isn't zero.
  fileprivate var trimmingZeroes: [UInt8] {
    var end = count
    while end > 0, bytes[end - 1] == 0 { end -= 1 }
    return (0..<end).map { bytes[$0] }
  }
}
