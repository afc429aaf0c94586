import DeviceMapperTargets
import Testing

/// What the documentation shows of `crypt`.
struct CryptPage {
  @Test func `the example of the page prints what it says`() throws {
    let key = KeyringKey(byteCount: 64, keyType: .logon, name: "disk:home")
    var features = CryptFeatures()
    features.allowsDiscards = true
    let params = try CryptTargetParams(
      cipher: .aesXTSPlain64, key: .keyring(key),
      device: .number(Device(major: 8, minor: 16)), start: 4096, features: features)
    let line = TargetLine(start: 0, length: 2_097_152, params)
    print(line)
    // 0 2097152 crypt aes-xts-plain64 :64:logon:disk:home 0 8:16 4096 1 allow_discards

    let digits = "0 8 crypt aes-cbc-plain ffeeddccbbaa99887766554433221100 0 8:16 0"
    let secret = try TargetLine<CryptTargetParams>(parsing: digits)
    print(secret)  // 0 8 crypt aes-cbc-plain 00000000000000000000000000000000 0 8:16 0
    print(secret.content.key)  // (hidden key of 16 bytes)

    #expect(
      "\(line)"
        == "0 2097152 crypt aes-xts-plain64 :64:logon:disk:home 0 8:16 4096 1 allow_discards")
    #expect("\(secret)" == "0 8 crypt aes-cbc-plain 00000000000000000000000000000000 0 8:16 0")
    #expect("\(secret.content.key)" == "(hidden key of 16 bytes)")
  }
}
