import DeviceMapperTargets
import Testing

struct IdentifierErrorTests {
  @Test(arguments: [
    (IdentifierError(.name, .empty), "a device name can't be empty"),
    (
      IdentifierError(.uuid, .tooLong(count: 129, limit: 128)),
      "a device uuid has at most 128 bytes, not 129"
    ),
    (
      IdentifierError(.name, .forbiddenByte(0x2f, offset: 1)),
      "a device name can't contain \"/\", found at byte offset 1"
    ),
    (
      IdentifierError(.name, .forbiddenByte(0, offset: 0)),
      "a device name can't contain NUL, found at byte offset 0"
    ),
    (
      IdentifierError(.targetType, .forbiddenByte(0x20, offset: 4)),
      "a target type can't contain a space, found at byte offset 4"
    ),
    (
      IdentifierError(.name, .forbiddenByte(0x0a, offset: 2)),
      #"a device name can't contain the byte \x0a, found at byte offset 2"#
    ),
    (
      IdentifierError(.name, .reserved("control")),
      "a device name can't be \"control\", which is reserved"
    ),
    (
      IdentifierError(.thinDevId, .outOfRange(value: "-1", maximum: 16_777_215)),
      "a thin device id lies in 0...16777215, unlike -1"
    ),
  ])
  func `the description says what is wrong and where`(error: IdentifierError, text: String) {
    #expect(error.description == text)
  }
}
