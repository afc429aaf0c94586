import DeviceMapperTargets
import Testing

struct BinaryPrefixTests {
  @Test func `each prefix is 1024 times the one before`() {
    #expect(BinaryPrefix.allCases.map(\.description) == ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"])
    #expect(BinaryPrefix.allCases.sorted() == BinaryPrefix.allCases)
    var factor: UInt64 = 1
    for prefix in BinaryPrefix.allCases {
      factor *= 1024
      #expect(prefix.factor == factor)
    }
  }

  @Test func `the constants are the factors`() {
    let constants = [IEC.Ki, IEC.Mi, IEC.Gi, IEC.Ti, IEC.Pi, IEC.Ei]
    #expect(constants == BinaryPrefix.allCases.map(\.factor))
    #expect(Bytes(3 * IEC.Gi) == 3_221_225_472)
  }
}
