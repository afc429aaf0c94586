import DeviceMapper
import SystemPackage

/// What the documentation shows of the kernel's errors; compiled and not run.
func removeIfPresent(_ device: LinearDev) async throws(DmError) {
  do {
    try await device.remove()
  } catch  where error.errno == .noSuchAddressOrDevice {
    // It is gone already.
  } catch  where error.errno == .resourceBusy {
    // Somebody has it open, and still had after all the tries.
  }
}
