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
