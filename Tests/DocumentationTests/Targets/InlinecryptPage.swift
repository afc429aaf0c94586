import DeviceMapperTargets
import Testing

/// What the documentation shows of `inlinecrypt`.
struct InlinecryptPage {
  @Test func `the example of the page prints what it says`() throws {
    let key = KeyringKey(byteCount: 64, keyType: .logon, name: "disk:home")
    var features = InlinecryptFeatures()
    features.sectorSize = 4096
    let params = try InlinecryptTargetParams(
      key: .keyring(key), device: .number(Device(major: 8, minor: 16)), features: features)
    print(params)
    // aes-xts-plain64 :64:logon:disk:home 0 8:16 0 2 sector_size:4096 iv_large_sectors

    let printed = try InlinecryptTargetParams(
      parsing: "aes-xts-plain64 ffeeddccbbaa99887766554433221100 1 0 8:16 0")
    print(printed)  // aes-xts-plain64 00000000000000000000000000000000 0 8:16 0

    #expect(
      "\(params)"
        == "aes-xts-plain64 :64:logon:disk:home 0 8:16 0 2 sector_size:4096 iv_large_sectors")
    #expect("\(printed)" == "aes-xts-plain64 00000000000000000000000000000000 0 8:16 0")
  }
}
