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
    do {
      _ = try Library.call { () -> Bool? in
        // Names go to the kernel and come from it as they are.
        let mode = dm_get_name_mangling_mode()
        _ = dm_set_name_mangling_mode(DM_STRING_MANGLING_NONE)
        let done = unsafe dm_mknodes(path) != 0
        _ = dm_set_name_mangling_mode(mode)
        // The library's control descriptor isn't close-on-exec; nothing may inherit it.
        dm_lib_release()
        return done ? true : nil
      }
    } catch { throw DmError(error, device: .name(name)) }
  }
}
