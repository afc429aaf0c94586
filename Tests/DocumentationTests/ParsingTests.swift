import DeviceMapperTargets
import Testing

/// What the documentation shows of reading and writing lines.
struct ParsingTests {
  @Test func `a status is read without a kernel`() throws {
    let text =
      "0 8388608 thin-pool 7 1652/16384 512/512 - out_of_data_space "
      + "no_discard_passdown queue_if_no_space - 1024"
    let line = try TargetLine<AnyStatus>(parsing: text)
    print(line.content.health)  // degraded: out of data space
    if case .thinPool(.working(let pool)) = line.content {
      print(pool.data.free, pool.metadata.fraction)  // 0 data blocks 0.10083…
    }
    #expect(line.content.health.description == "degraded: out of data space")
    #expect(line.description == text)
    guard case .thinPool(.working(let pool)) = line.content else {
      Issue.record("no pool that works")
      return
    }
    #expect(pool.data.free.description == "0 data blocks")
    #expect("\(pool.metadata.fraction)".hasPrefix("0.10083"))
  }

  @Test func `a table is read, changed and printed`() throws {
    var line = try TargetLine<ThinPoolTargetParams>(
      parsing: "0 8388608 thin-pool 8:16 8:17 128 512 1 skip_block_zeroing")
    line.content.features.noSpacePolicy = .error
    line.content.lowWaterMark = 1024
    print(line)
    // 0 8388608 thin-pool 8:16 8:17 128 1024 2 skip_block_zeroing error_if_no_space
    #expect(
      line.description
        == "0 8388608 thin-pool 8:16 8:17 128 1024 2 skip_block_zeroing error_if_no_space")
  }

  @Test func `an error says where and what`() {
    do {
      _ = try ThinPoolStatus(parsing: "7 1652/16384 512/512 - rx no_discard_passdown")
      Issue.record("this is no status")
    } catch {
      print(error)
      // thin-pool: mode at byte 23: expected rw, out_of_data_space or ro, found "rx"
      #expect(
        "\(error)"
          == "thin-pool: mode at byte 23: expected rw, out_of_data_space or ro, found \"rx\"")
    }
  }

  @Test func `a rule of the kernel is checked before the kernel is asked`() throws {
    let metadata = DeviceReference.number(Device(major: 8, minor: 16))
    let data = DeviceReference.number(Device(major: 8, minor: 17))
    #expect(throws: ParameterError.self) {
      try ThinPoolTargetParams(
        metadataDevice: metadata, dataDevice: data, dataBlockSize: 100, lowWaterMark: 0)
    }
  }
}
