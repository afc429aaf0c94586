import DeviceMapperTargets
import Testing

struct ThinPoolTests {
  /// Lines that kernels from 4.18 to 7.2 printed.
  @Test(arguments: [
    "0 1648/16384 0/512 - rw no_discard_passdown queue_if_no_space - 1024 ",
    "0 1648/16384 0/512 - rw ignore_discard queue_if_no_space - 1024 ",
    "0 1650/16384 2/512 26 rw discard_passdown error_if_no_space - 1024 ",
    "7 1652/16384 512/512 - out_of_data_space no_discard_passdown queue_if_no_space - 1024 ",
    "7 1652/16384 512/512 - ro no_discard_passdown queue_if_no_space needs_check 1024 ",
    "0 112/1024 200/256 - rw no_discard_passdown error_if_no_space - ",
    "0 112/1024 200/256 - rw discard_passdown queue_if_no_space ",
    "0 112/1024 200/256 - rw discard_passdown ",
    "0 1/2 3/4 - rw discard_passdown queue_if_no_space - 1024 and more",
    "Fail", "Error",
  ])
  func `a status is printed as it was read`(line: String) throws {
    let status = try ThinPoolStatus(parsing: line)
    #expect(status.description == TargetText(line).trimmed.description)
  }

  @Test func `a status has its figures`() throws {
    let line =
      "7 1652/16384 512/512 - out_of_data_space no_discard_passdown queue_if_no_space - 1024 "
    guard case .working(let status) = try ThinPoolStatus(parsing: line) else {
      Issue.record("not working")
      return
    }
    #expect(status.transactionId == 7)
    #expect(status.metadata == Usage(used: 1652, total: 16384))
    #expect(status.data.free == 0)
    #expect(status.heldMetadataRoot == nil)
    #expect(status.mode == .outOfDataSpace)
    #expect(status.discard == .noPassdown)
    #expect(status.noSpacePolicy == .queue)
    #expect(status.needsCheck == false)
    #expect(status.metadataLowWaterMark == 1024)
  }

  @Test(arguments: [
    ("97", "metadata blocks", 2, ParseError.Reason.missing),
    ("0 1/2/3 4/5 - rw", "metadata blocks", 2, .malformed),
    ("0 1/2 4/5 - rx", "mode", 12, .unknownWord),
    ("0 1/2 4/5 +5 rw", "held metadata root", 10, .malformed),
    ("18446744073709551616 1/2", "transaction id", 0, .outOfRange),
    ("Failure is", "transaction id", 0, .malformed),
    ("Fail now", "end of line", 5, .unexpected),
    ("", "transaction id", 0, .missing),
  ])
  func `an error says where and what`(
    line: String, field: String, offset: Int, reason: ParseError.Reason
  ) {
    let error = #expect(throws: ParseError.self) { try ThinPoolStatus(parsing: line) }
    #expect(error?.field == field)
    #expect(error?.offset == offset)
    #expect(error?.reason == reason)
    #expect(error?.target == .thinPool)
  }

  @Test(arguments: [
    ("1:0 1:1 128 0 0 ", "1:0 1:1 128 0 0"),
    ("1:0 1:1 128 0", "1:0 1:1 128 0 0"),
    ("1:0 1:1 128 0 1 ignore_discard ", "1:0 1:1 128 0 1 ignore_discard"),
    (
      "1:0 1:1 128 0 2 no_discard_passdown ignore_discard",
      "1:0 1:1 128 0 2 ignore_discard no_discard_passdown"
    ),
    // More words than kernels take, and each stays.
    (
      "1:0 1:1 128 0 5 skip_block_zeroing ignore_discard no_discard_passdown read_only "
        + "error_if_no_space",
      "1:0 1:1 128 0 5 skip_block_zeroing ignore_discard no_discard_passdown read_only "
        + "error_if_no_space"
    ),
    (
      "/dev/a\\ b 1:1 256 9 3 Skip_Block_Zeroing no_discard_passdown of_the_future",
      "/dev/a\\ b 1:1 256 9 3 skip_block_zeroing no_discard_passdown of_the_future"
    ),
    (
      "1:0 1:1 128 0 3 skip_block_zeroing read_only error_if_no_space",
      "1:0 1:1 128 0 3 skip_block_zeroing read_only error_if_no_space"
    ),
  ])
  func `parameters are printed as the kernel does`(line: String, printed: String) throws {
    let params = try ThinPoolTargetParams(parsing: line)
    #expect(params.description == printed)
    #expect(try ThinPoolTargetParams(parsing: printed) == params)
  }

  @Test(arguments: [ThinPoolDiscard.passdown, .noPassdown, .ignore])
  func `what becomes of a discard replaces both words`(discard: ThinPoolDiscard) throws {
    var features = try ThinPoolTargetParams(
      parsing: "1:0 1:1 128 0 2 ignore_discard no_discard_passdown"
    ).features
    #expect(features.discard == .ignore)
    features.discard = discard
    #expect(features == ThinPoolFeatures(discard: discard))
    #expect(features.discard == discard)
  }

  @Test(arguments: ["64", "129", "2097280"])
  func `a block size that the kernel refuses is refused`(size: String) {
    let error = #expect(throws: ParseError.self) {
      try ThinPoolTargetParams(parsing: "1:0 1:1 \(size) 0 0")
    }
    #expect(error?.reason == .forbidden)
  }

  @Test func `a feature count beyond the words is an error`() {
    let error = #expect(throws: ParseError.self) {
      try ThinPoolTargetParams(parsing: "1:0 1:1 128 0 4294967295 read_only")
    }
    #expect(error?.reason == .missing)
  }
}
