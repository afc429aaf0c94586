import DeviceMapper
import SystemPackage

/// A reason to end with 1.
struct Failure: Error {
  var message: String
  init(_ message: String) { self.message = message }

  /// One clear line about any error.
  static func message(_ error: any Error) -> String {
    switch error {
    case let error as Failure: error.message
    case let error as DmError: message(error)
    default: "\(error)"
    }
  }

  private static func message(_ error: DmError) -> String {
    switch (error.code, error.errno) {
    case (.noContext, .permissionDenied?), (.noContext, .notPermitted?):
      "can't open /dev/mapper/control: permission denied, this needs root"
    case (.noContext, .noSuchFileOrDirectory?):
      "there is no /dev/mapper/control: is device-mapper in the kernel (modprobe dm_mod)?"
    case (.noContext, .operationNotSupportedByDevice?), (.noContext, .noSuchAddressOrDevice?):
      "the kernel has no device-mapper (modprobe dm_mod)"
    case (_, .permissionDenied?): "\(error): this needs root"
    case (.unsupported, _): "the kernel is too old to tell of events, Linux 4.14 can: \(error)"
    default: "\(error)"
    }
  }
}
