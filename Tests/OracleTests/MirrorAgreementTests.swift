import CDeviceMapper
import DeviceMapperTargets
import Testing

/// The same figures as libdevmapper has, for mirrors.
struct MirrorAgreementTests {
  @Test(arguments: [
    "2 1:0 1:1 2/2 1 AA 1 core",
    "3 1:0 1:1 259:1048575 1/2 1 ADR 3 disk 1:3 F",
    "2 1:0 1:1 0/4 1 SF 3 disk 1:3 A",
  ])
  func `a mirror`(line: String) throws {
    let ours = try MirrorStatus(parsing: line)
    let theirs = try unsafe Library.parse(line, dm_get_status_mirror) { unsafe $0?.figures }
    #expect(ours.figures == theirs)
  }

  /// libdevmapper has room for eight legs, the kernel for nine.
  @Test func `nine legs are read here only`() throws {
    let line = "9 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 4/4 1 AAAAAAAAA 1 core"
    #expect(try MirrorStatus(parsing: line).legs.count == 9)
    #expect(try unsafe Library.parse(line, dm_get_status_mirror) { unsafe $0 == nil })
  }
}

extension MirrorStatus {
  fileprivate var figures: [String] {
    [
      "log \(log.type) \(log.device == nil ? 0 : 1)",
      "inSync \(inSync.used.rawValue)/\(inSync.total.rawValue)",
    ]
      + legs.map { leg in
        let state: dm_status_mirror_health_t? =
          switch leg.state {
          case .alive: DM_STATUS_MIRROR_ALIVE
          case .writeError: DM_STATUS_MIRROR_WRITE_FAILED
          case .flushError: DM_STATUS_MIRROR_FLUSH_FAILED
          case .syncError: DM_STATUS_MIRROR_SYNC_FAILED
          case .readError: DM_STATUS_MIRROR_READ_FAILED
          default: nil
          }
        return "\(leg.device) \(state.map { "\($0.rawValue)" } ?? "")"
      }
  }
}

extension dm_status_mirror {
  fileprivate var figures: [String] {
    let legs = unsafe UnsafeBufferPointer(start: devs, count: Int(dev_count))
    return unsafe [
      "log \(Library.string(log_type) ?? "") \(log_count)",
      "inSync \(insync_regions)/\(total_regions)",
    ] + legs.map { "\($0.major):\($0.minor) \($0.health.rawValue)" }
  }
}
