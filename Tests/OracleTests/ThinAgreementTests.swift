import CDeviceMapper
import DeviceMapperTargets
import Testing

/// The same figures as libdevmapper has, for thin pools and what lies in them.
struct ThinAgreementTests {
  @Test(arguments: [
    "0 1648/16384 0/512 - rw no_discard_passdown queue_if_no_space - 1024 ",
    "0 1650/16384 2/512 26 rw ignore_discard error_if_no_space needs_check 9 ",
    "7 1652/16384 512/512 - out_of_data_space discard_passdown queue_if_no_space - 1024 ",
    "18446744073709551615 1/2 3/4 - ro discard_passdown queue_if_no_space needs_check 0",
    "12 1/2 3/4 - rw discard_passdown queue_if_no_space ",
    "12 1/2 3/4 - rw no_discard_passdown error_if_no_space -",
  ])
  func `a working pool`(line: String) throws {
    guard case .working(let ours) = try ThinPoolStatus(parsing: line) else {
      Issue.record("not working")
      return
    }
    try unsafe Library.parse(line, dm_get_status_thin_pool) { status in
      let theirs = try #require(status)
      #expect(ours.transactionId == theirs.transaction_id)
      #expect(ours.metadata.used.rawValue == theirs.used_metadata_blocks)
      #expect(ours.metadata.total.rawValue == theirs.total_metadata_blocks)
      #expect(ours.data.used.rawValue == theirs.used_data_blocks)
      #expect(ours.data.total.rawValue == theirs.total_data_blocks)
      #expect((ours.mode == .readOnly) == (theirs.read_only != 0))
      #expect((ours.mode == .outOfDataSpace) == (theirs.out_of_data_space != 0))
      #expect((ours.noSpacePolicy == .error) == (theirs.error_if_no_space != 0))
      #expect((ours.needsCheck ?? false) == (theirs.needs_check != 0))
      let discards: dm_thin_discards_t =
        switch ours.discard {
        case .ignore: DM_THIN_DISCARDS_IGNORE
        case .noPassdown: DM_THIN_DISCARDS_NO_PASSDOWN
        case .passdown, nil: DM_THIN_DISCARDS_PASSDOWN
        }
      #expect(discards == theirs.discards)
      #expect(theirs.fail == 0 && theirs.error == 0)
    }
  }

  /// libdevmapper leaves the held root at zero; the line has it.
  @Test func `a held metadata root is read here only`() throws {
    let line = "0 1650/16384 2/512 26 rw ignore_discard error_if_no_space needs_check 9 "
    guard case .working(let ours) = try ThinPoolStatus(parsing: line) else {
      Issue.record("not working")
      return
    }
    #expect(ours.heldMetadataRoot == 26)
    let theirs = try unsafe Library.parse(line, dm_get_status_thin_pool) { $0?.held_metadata_root }
    #expect(theirs == 0)
  }

  @Test func `a pool that failed`() throws {
    #expect(try ThinPoolStatus(parsing: "Fail") == .fail)
    #expect(try unsafe Library.parse("Fail", dm_get_status_thin_pool) { $0?.fail } == 1)
    #expect(try ThinPoolStatus(parsing: "Error") == .error)
    #expect(try unsafe Library.parse("Error", dm_get_status_thin_pool) { $0?.error } == 1)
  }

  /// libdevmapper searches the rest of the line for words it knows and takes anything in between.
  @Test func `garbage behind the figures is refused here only`() throws {
    let line = "0 1/2 3/4 - rx garbage"
    #expect(throws: ParseError.self) { try ThinPoolStatus(parsing: line) }
    #expect(try unsafe Library.parse(line, dm_get_status_thin_pool) { $0 != nil })
  }

  @Test(arguments: ["0 -", "65536 65535", "1024 18446744073709551615"])
  func `a thin device`(line: String) throws {
    guard case .working(let ours) = try ThinStatus(parsing: line) else {
      Issue.record("not working")
      return
    }
    try unsafe Library.parse(line, dm_get_status_thin) { status in
      let theirs = try #require(status)
      #expect(ours.mappedSectors.rawValue == theirs.mapped_sectors)
      // libdevmapper has zero for a device that nothing is mapped of, and so can't be told from one
      // of which the first sector is.
      #expect((ours.highestMappedSector?.rawValue ?? 0) == theirs.highest_mapped_sector)
      #expect(theirs.fail == 0)
    }
  }

  @Test(arguments: ["Fail", "-"])
  func `a thin device that failed`(line: String) throws {
    #expect(try ThinStatus(parsing: line).health.level == .failed)
    try unsafe Library.parse(line, dm_get_status_thin) { status in
      let theirs = try #require(status)
      // libdevmapper takes a device that isn't open in its pool for an empty one.
      #expect((theirs.fail != 0) == (line == "Fail"))
    }
  }
}
