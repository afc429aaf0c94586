/// The cipher of a `crypt` target.
///
/// Text: `ALGORITHM[:KEYS]-MODE-IV[:OPTIONS]`, such as `aes-xts-plain64`, or `capi:` and a name of the
/// kernel's crypto interface (target 1.17), such as `capi:authenc(hmac(sha256),xts(aes))-random`.
public struct CryptCipher: OpenName {
  /// The parts of a cipher.
  public struct Parts: Hashable, Sendable {
    /// The algorithm, such as `aes`; of the crypto interface with its mode, such as `xts(aes)`.
    public var algorithm: String
    /// The number of keys that are used in turn, a power of two; the key is cut into so many parts.
    public var keyCount: String?
    /// How blocks are chained, such as `xts` or `cbc`; the crypto interface has it in the algorithm.
    public var mode: String?
    /// What makes the initialisation vectors, such as `plain64` or `essiv`.
    public var iv: String?
    /// What that needs, such as the digest of `essiv`.
    public var ivOptions: String?
  }

  /// The cipher as the kernel spells it.
  public var rawValue: TargetWord

  /// Creates a cipher from its word.
  public init(rawValue: TargetWord) { self.rawValue = rawValue }

  /// AES in XTS mode, the usual choice.
  public static let aesXTSPlain64: CryptCipher = "aes-xts-plain64"

  /// The parts of the cipher.
  public var parts: Parts {
    let text = Substring(rawValue.description)
    guard isOfCryptoInterface else {
      let (first, rest) = Self.cut(text, at: text.firstIndex(of: "-"))
      let (algorithm, keys) = Self.cut(first, at: first.firstIndex(of: ":"))
      let (mode, tail) = Self.cut(rest ?? "", at: rest?.firstIndex(of: "-"))
      let (iv, options) = Self.cut(tail ?? "", at: tail?.firstIndex(of: ":"))
      return Parts(
        algorithm: String(algorithm), keyCount: keys.map(String.init),
        mode: rest == nil ? nil : String(mode), iv: tail == nil ? nil : String(iv),
        ivOptions: options.map(String.init))
    }
    let name = text.dropFirst(5)
    let (front, options) = Self.cut(name, at: name.lastIndex(of: ":"))
    let (algorithm, iv) = Self.cut(front, at: front.lastIndex(of: "-"))
    return Parts(
      algorithm: String(algorithm), iv: iv.map(String.init), ivOptions: options.map(String.init))
  }

  /// Whether the cipher is spelled as the crypto interface does.
  var isOfCryptoInterface: Bool {
    rawValue.bytes.count > 5 && rawValue.bytes.extracting(first: 5).isEqual(to: "capi:")
  }

  private static func cut(
    _ text: Substring, at index: Substring.Index?
  ) -> (Substring, Substring?) {
    guard let index else { return (text, nil) }
    return (text[..<index], text[text.index(after: index)...])
  }

  /// Checks what the kernel demands of each cipher.
  func check() throws(ParameterError) {
    let parts = parts
    if !isOfCryptoInterface, rawValue.bytes.firstIndex(of: UInt8(ascii: "(")) != nil {
      throw ParameterError(.crypt, "cipher", rule: "one with capi: if it has parentheses")
    }
    if let keyCount = parts.keyCount {
      guard let count = UInt64(keyCount), count.isPowerOfTwo, keyCount.utf8.first != 0x2b else {
        throw ParameterError(.crypt, "cipher", rule: "one with a power of two of keys")
      }
    }
    // `aes` alone and `aes-plain` stand for `aes-cbc-plain`.
    if let mode = parts.mode, mode != "ecb", mode != "plain", parts.iv == nil {
      throw ParameterError(.crypt, "cipher", rule: "one with an initialisation vector")
    }
  }
}
