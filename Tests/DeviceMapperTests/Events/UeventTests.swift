@testable import DeviceMapper
import Testing

struct UeventTests {
  /// As kernels send them, cut where the filter cuts them.
  @Test(arguments: [
    ("change@/devices/virtual/block/dm-0\0ACTION=change\0DEVPATH=/dev", [0], []),
    ("change@/devices/virtual/block/dm-1048575", [1_048_575], []),
    ("remove@/devices/virtual/block/dm-12\0ACTION=remove", [], [12]),
    ("add@/devices/virtual/block/dm-12\0ACTION=add", [], []),
    ("change@/devices/virtual/block/dm-", [], []),
    ("change@/devices/virtual/block/dm-\0", [], []),
    ("change@/devices/virtual/block/dm-1x\0", [], []),
    ("change@/devices/virtual/block/dm-99999999999999999999\0", [], []),
    ("change@/devices/virtual/block/loop0\0", [], []),
    ("libudev\0", [], []),
    ("", [], []),
  ])
  func `a message names a device`(message: String, changed: [UInt32], removed: [UInt32]) {
    var heard = HeardUevents()
    heard.take(Array(message.utf8).span)
    #expect(heard.changed == Set(changed))
    #expect(heard.removed == Set(removed))
  }
}
