import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport

/// What a kernel has that the version of a target doesn't tell.
struct DrawnKernel {
  /// Whether it is of the newest ones, which have `ebs`, more words and more algorithms.
  let isNew: Bool
  /// Whether it has chosen its RAID 6 functions.
  let hasRaid6: Bool

  init(_ dm: DM) throws {
    isNew = (try? dm.targetVersion(.ebs)) != nil
    hasRaid6 = try isNew && !FilePath("/proc/cmdline").text().contains("raid6_select_algo")
  }

  /// Makes sure that the kernel can run arrays of a type.
  func check(_ type: RaidType) throws(ParameterError) {
    let isKnown =
      switch type.level {
      case .raid6: hasRaid6
      case .raid10: isNew
      default: true
      }
    guard isKnown else { throw ParameterError(.raid, "type", rule: "one of the kernel") }
  }
}
