import DeviceMapperTargets
import Testing

struct TargetMeasurementTests {
  /// Lines that Linux 6.1 and 7.2 printed, the last one with a cipher that has commas.
  @Test(arguments: [
    "0 8 linear target_name=linear,target_version=1.4.0,device_name=254:1,start=0;",
    "0 16 striped target_name=striped,target_version=1.6.0,stripes=2,chunk_size=8,"
      + "stripe_0_device_name=254:1,stripe_0_physical_start=0,stripe_0_status=A,"
      + "stripe_1_device_name=254:3,stripe_1_physical_start=0,stripe_1_status=A;",
    "0 16384 raid target_name=raid,target_version=1.15.1,raid_type=raid1,raid_disks=2,"
      + "raid_state=idle,raid_device_0_status=A,raid_device_1_status=A;",
    "0 16384 mirror target_name=mirror,target_version=1.14.0,nr_mirrors=2,mirror_device_0=254:1,"
      + "mirror_device_0_status=A,mirror_device_1=254:3,mirror_device_1_status=A,handle_errors=y,"
      + "keep_log=n,log_type_status=;",
    "0 2048 verity target_name=verity,target_version=1.9.0,hash_failed=V,verity_version=1,"
      + "data_device_name=254:1,hash_device_name=254:3,verity_algorithm=sha256,root_digest=c70743,"
      + "salt=-,ignore_zero_blocks=n,check_at_most_once=y,verity_mode=ignore_corruption;",
    "0 8 crypt target_name=crypt,cipher_string=capi:authenc(hmac(sha256),xts(aes))-random,"
      + "key_size=32;",
    "0 8 zero", "0 16384 snapshot-origin",
  ])
  func `a measurement is printed as it was read`(text: String) throws {
    let line = try TargetLine<TargetMeasurement>(parsing: text)
    #expect(line.description == text)
    try expectJSONRoundTrip(line)
  }

  @Test func `a measurement has its values`() throws {
    let text =
      "0 8 crypt target_name=crypt,target_version=1.29.0,allow_discards=y,high_priority=n,"
      + "cipher_string=capi:authenc(hmac(sha256),xts(aes))-random,key_size=32,dev=254:1,empty=;"
    let crypt = try TargetLine<TargetMeasurement>(parsing: text).content
    #expect(crypt.fields.count == 8)
    #expect(crypt["cipher_string"] == "capi:authenc(hmac(sha256),xts(aes))-random")
    #expect(crypt["target_version"] == "1.29.0")
    #expect(crypt["empty"] == "")
    #expect(crypt["absent"] == nil)
    #expect(crypt["no word"] == nil)
    #expect(crypt.flag("allow_discards") == true)
    #expect(crypt.flag("high_priority") == false)
    #expect(crypt.flag("key_size") == nil)
    #expect(crypt.number("key_size") == 32)
    #expect(crypt.number("dev") == nil)
    #expect(crypt.device("dev") == Device(major: 254, minor: 1))
    #expect(crypt.device("key_size") == nil)
  }

  @Test(arguments: [
    ("0 8 linear start=0", 18, ParseError.Reason.missing), ("0 8 linear start;", 11, .malformed),
    ("0 8 linear =0;", 11, .malformed), ("0 8 linear ;", 11, .malformed),
    ("0 8 linear a=1;b=2", 18, .missing),
  ])
  func `an error says where and what`(
    text: String, offset: Int, reason: ParseError.Reason
  ) {
    let error = #expect(throws: ParseError.self) {
      try TargetLine<TargetMeasurement>(parsing: text)
    }
    #expect(error?.field == "measurement")
    #expect(error?.offset == offset)
    #expect(error?.reason == reason)
  }
}
