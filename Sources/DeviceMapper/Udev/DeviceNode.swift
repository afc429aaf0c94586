import CDeviceMapper
import DeviceMapperTargets

/// The node of a device in `/dev/mapper`, which libdevmapper keeps where udev doesn't run.
enum DeviceNode {
  /// Makes the node of a device, or removes it if there is no such device.
  static func update(_ name: DmName) throws(DmError) {
    var path: [CChar] = []
    let bytes = name.bytes
    for index in bytes.indices { path.append(CChar(bitPattern: bytes[index])) }
    path.append(0)
    do throws(LibraryFailure) {
      try library { unsafe dm_mknodes(path) }
    } catch { throw DmError(error, device: .name(name)) }
  }

  /// Makes the nodes of all devices and removes those without a device.
  static func updateAll() throws(DmError) {
    do throws(LibraryFailure) { try library { dm_mknodes(nil) } } catch { throw DmError(error) }
  }

  private static func library(_ body: () -> CInt) throws(LibraryFailure) {
    _ = try Library.call { () -> Bool? in
      // Names go to the kernel and come from it as they are.
      let mode = dm_get_name_mangling_mode()
      _ = dm_set_name_mangling_mode(DM_STRING_MANGLING_NONE)
      let done = body() != 0
      _ = dm_set_name_mangling_mode(mode)
      // The library's control descriptor isn't close-on-exec; nothing may inherit it.
      dm_lib_release()
      return done ? true : nil
    }
  }
}
