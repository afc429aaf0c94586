import DeviceMapperTargets
import Mutations
import Testing

struct AnyTargetTests {
  /// A table line of each target, printed as it stands here.
  @Test(arguments: [
    ("0 16 clone 1:0 1:1 1:2 8 1 no_hydration", TargetType.clone),
    ("0 16 delay 1:0 0 500 1:1 0 7", .delay), ("0 16 dust 1:0 0 512", .dust),
    ("0 256 ebs 1:0 128 1 8", .ebs), ("0 16 era 1:0 1:1 8", .era),
    ("0 16 error", .error), ("0 16 flakey 1:0 0 16 2 1 drop_writes", .flakey),
    ("0 16 linear 1:0 384", .linear), ("0 16 log-writes 1:0 1:1", .logWrites),
    ("0 16 pcache 1:0 1:1 4 cache_mode writeback data_crc true", .pcache),
    ("0 16 striped 2 8 1:0 0 1:1 0", .striped), ("0 16 switch 1 8 0 1:0 0", .switch),
    ("0 16 thin 254:0 7", .thin), ("0 16 thin Fail", .thin),
    ("0 16 thin-pool 1:0 1:1 128 0 0", .thinPool), ("0 16 unstriped 2 8 1 1:0 0", .unstriped),
    ("0 16 vdo V4 /dev/a 262144 4096 32768 16380 maxDiscard 8", .vdo),
    ("0 16 writecache s 1:0 1:1 4096 1 cleaner", .writecache), ("0 16 zero", .zero),
    ("0 16 zoned 8:0 8:16", .zoned), ("0 16 of-the-future 1 2 three", "of-the-future"),
  ])
  func `a line is typed by its target and survives JSON`(text: String, type: TargetType) throws {
    let line = try TargetLine<AnyTarget>(parsing: text)
    #expect(line.content.targetType == type)
    #expect(line.description == text)
    if case .other = line.content { #expect(type == "of-the-future") }
    try expectJSONRoundTrip(line)
    try line.content.check(length: line.length)
  }

  /// A status line of each target, printed as it stands here.
  @Test(arguments: [
    "clone Fail", "clone Error", "delay 0 0 0", "dust 1:0 bypass quiet", "ebs", "era 8 1/2 3 -",
    "error", "flakey", "log-writes 1 2", "pcache 0 64 63 1 70 3 1:0 1:0 0:0",
    "striped 1 1:0 1 A", "switch", "thin 0 -", "thin -", "unstriped",
    "vdo /dev/dm-1 normal - online offline 1 2", "writecache 0 1 1 0", "zero",
    "zoned 10 zones 5/5 cache",
  ])
  func `a status is typed by its target and survives JSON`(text: String) throws {
    let line = try TargetLine<AnyStatus>(parsing: "0 16 \(text)")
    #expect(line.description == "0 16 \(text)")
    if case .other = line.content { Issue.record("not typed") }
    try expectJSONRoundTrip(line)
  }

  @Test func `a length that a target refuses is refused of any`() throws {
    let content = try AnyTarget(type: .striped, text: TargetText("2 8 1:0 0 1:1 0").bytes)
    #expect(throws: TableError.self) { try TargetTable(length: 24, content) }
  }

  @Test(arguments: Recorded.tables)
  func `any target takes the lengths that its own type takes`(text: String) throws {
    let any = try TargetLine<AnyTarget>(parsing: text).content
    for length in [1, 7, 8, 24, 4096, 4104, 1_048_576] as [Sectors] {
      var refusals: [ParameterError?] = []
      do throws(ParameterError) { try any.check(length: length) } catch { refusals.append(error) }
      do throws(ParameterError) { try any.content.check(length: length) } catch {
        refusals.append(error)
      }
      #expect(refusals.count != 1 && refusals.first == refusals.last)
    }
  }
}
