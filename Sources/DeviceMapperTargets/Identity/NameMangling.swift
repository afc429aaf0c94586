/// How libdevmapper writes the bytes of a name or uuid that it doesn't let through.
///
/// Letters, digits and `# + - . : = @ _` stay; any other byte becomes `\xNN` with two lower-case
/// hexadecimal digits, on its way into the kernel. It is a custom of libdevmapper and of the
/// programs that use it (`dmsetup`, LVM), unknown to the kernel: ``DmName`` and ``DmUuid`` hold
/// what the kernel has. The raw values are the words of the environment variable
/// `DM_DEFAULT_NAME_MANGLING_MODE`.
public enum NameMangling: String, CaseIterable, Hashable, Sendable, Codable {
  /// Names go as they are, both ways.
  case none
  /// What is mangled already stays; libdevmapper's default.
  case auto
  /// Every backslash is mangled too, so that any name comes back as it was.
  case hex
}

/// Why a name can't be mangled or unmangled.
public enum NameManglingError: Error, Hashable, Sendable {
  /// Some bytes are mangled already and others, such as that at `offset`, would have to be.
  case mixed(offset: Int)
  /// `\x5cx` at `offset` is a mangled `\x`: the name was mangled more than once.
  case mangledTwice(offset: Int)
  /// `\x` at `offset` isn't followed by two hexadecimal digits.
  ///
  /// libdevmapper takes the two bytes that follow for digits, whatever they are and even past the
  /// end.
  case malformedEscape(offset: Int)
  /// The byte at `offset` would have been mangled, had libdevmapper written the name.
  case notMangled(UInt8, offset: Int)
  /// `\x00` at `offset` stands for NUL, which no name holds.
  case escapedNul(offset: Int)
  /// The mangled name has more than `limit` bytes.
  case tooLong(limit: Int)
}

extension NameManglingError: CustomStringConvertible {
  /// One sentence for people, without a full stop.
  public var description: String {
    switch self {
    case .mixed(let offset):
      "a part is mangled already, unlike the byte at byte offset \(offset)"
    case .mangledTwice(let offset): "mangled more than once at byte offset \(offset)"
    case .malformedEscape(let offset):
      "two hexadecimal digits must follow the \\x at byte offset \(offset)"
    case .notMangled(let byte, let offset):
      "the byte \(byte.hexEscape) at byte offset \(offset) is not mangled"
    case .escapedNul(let offset): "\\x00 at byte offset \(offset) stands for NUL"
    case .tooLong(let limit): "has more than \(limit) bytes when it is mangled"
    }
  }
}

extension DmName {
  /// The name that libdevmapper gives the kernel for this one.
  ///
  /// - Throws: `NameManglingError`; never with ``NameMangling/none``.
  public func mangled(_ mangling: NameMangling = .auto) throws(NameManglingError) -> DmName {
    DmName(storage: try storage.mangled(mangling))
  }

  /// The name that libdevmapper shows for this one, the kernel's.
  ///
  /// - Throws: `NameManglingError`; never with ``NameMangling/none``. A program that lists devices
  ///   shows such a name as it is, so that one odd name doesn't hide the others.
  public func unmangled(_ mangling: NameMangling = .auto) throws(NameManglingError) -> DmName {
    DmName(storage: try storage.unmangled(mangling))
  }
}

extension DmUuid {
  /// The uuid that libdevmapper gives the kernel for this one.
  ///
  /// - Throws: `NameManglingError`; never with ``NameMangling/none``.
  public func mangled(_ mangling: NameMangling = .auto) throws(NameManglingError) -> DmUuid {
    DmUuid(storage: try storage.mangled(mangling))
  }

  /// The uuid that libdevmapper shows for this one, the kernel's.
  ///
  /// - Throws: `NameManglingError`; never with ``NameMangling/none``.
  public func unmangled(_ mangling: NameMangling = .auto) throws(NameManglingError) -> DmUuid {
    DmUuid(storage: try storage.unmangled(mangling))
  }
}
