import DeviceMapper
public import DeviceMapperTargets
import Glibc
public import SystemPackage
public import Testing

/// Whether tests run where a kernel with device-mapper has to be.
public enum Sandbox {
  /// Whether this is the sandbox, which sets the variable.
  public static var isHere: Bool { unsafe getenv("DM_SANDBOX") != nil }

  /// The disks that the sandbox was asked for.
  public static var disks: [FilePath] {
    guard let text = unsafe getenv("DM_SANDBOX_DISKS") else { return [] }
    return unsafe String(cString: text).split(separator: " ").map { FilePath(String($0)) }
  }
}

/// No device-mapper where there has to be one.
public struct KernelMissing: Error, CustomStringConvertible {
  /// What is missing.
  public var description: String
}

extension Trait where Self == ConditionTrait {
  /// Runs a test only with a kernel that has device-mapper and these targets.
  ///
  /// Outside of the sandbox the test is skipped; inside, it fails if the kernel has no device-mapper.
  public static func kernel(_ targets: TargetType...) -> Self {
    .enabled("needs a kernel with device-mapper; Scripts/dm-sandbox has one") {
      try Kernel.has(targets)
    }
  }

  /// Runs a test only with a kernel that has device-mapper and these targets, which Debian's may lack.
  public static func optionalKernel(_ targets: TargetType...) -> Self {
    .enabled("needs a kernel that has \(targets)") { try Kernel.has(targets, optional: true) }
  }
}

/// The running kernel, as far as conditions are concerned.
enum Kernel {
  static func has(_ targets: [TargetType], optional: Bool = false) throws -> Bool {
    guard DM.isAvailable else {
      if Sandbox.isHere { throw KernelMissing(description: "the sandbox has no device-mapper") }
      return false
    }
    // Outside of the sandbox the devices are somebody's.
    guard Sandbox.isHere else { return false }
    let dm = try DM()
    for target in targets where (try? dm.targetVersion(target)) == nil {
      if optional { return false }
      throw KernelMissing(description: "the sandbox's kernel has no target \(target)")
    }
    return true
  }
}
