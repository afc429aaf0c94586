@testable import DeviceMapperTargets

// The macros of Swift Testing can't take a span apart: the tests hand arrays over.

extension InlineBytes {
  init?(_ array: [UInt8]) { self.init(array.span) }
}

extension DmName {
  init(kernelBytes array: [UInt8]) throws(IdentifierError) {
    try self.init(kernelBytes: array.span)
  }

  var array: [UInt8] { bytes.indices.map { bytes[$0] } }
}

extension DmUuid {
  init(kernelBytes array: [UInt8]) throws(IdentifierError) {
    try self.init(kernelBytes: array.span)
  }

  var array: [UInt8] { bytes.indices.map { bytes[$0] } }
}

extension TargetType {
  init(bytes array: [UInt8]) throws(IdentifierError) { try self.init(bytes: array.span) }
}
