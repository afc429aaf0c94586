public import DeviceMapperTargets

/// The key ring of the user, in which keys of tests stay until the kernel ends.
public enum TestKeyring {
  /// Adds keys: their bytes count from one, and those of the type `encrypted` are the kernel's choice.
  public static func add(_ keys: Set<KeyringKey>) async throws {
    let encrypted = keys.filter { $0.keyType == .encrypted }
    var arguments = keys.subtracting(encrypted).flatMap { words(of: $0, counting($0.byteCount)) }
    if !encrypted.isEmpty {
      // The last of the modules needs the others; kernels that have them built in know none.
      _ = try await runAnyhow("modprobe", ["-aq", "cbc", "aes", "encrypted-keys"])
      let master = KeyringKey(byteCount: 32, keyType: .user, name: "swift:master")
      arguments += words(of: master, counting(master.byteCount))
      arguments += encrypted.flatMap { key in
        words(of: key, Array("new user:\(master.name) \(key.byteCount)".utf8))
      }
    }
    try await run("perl", ["-e", script] + arguments)
  }

  /// `add_key` to the ring of the user, for each type, name and payload; an encrypted key that is there
  /// isn't made anew.
  private static let script = """
    while (@ARGV) {
      my ($type, $name, $digits) = splice @ARGV, 0, 3;
      my $payload = pack "H*", $digits;
      my $key = syscall(248, $type, $name, $payload, length $payload, -4);
      die "$type $name: $!\\n" if $key < 0 && $type ne "encrypted";
    }
    """

  private static func counting(_ count: UInt32) -> [UInt8] {
    Array((1...UInt8.max).prefix(Int(count)))
  }

  private static func words(of key: KeyringKey, _ payload: [UInt8]) -> [String] {
    [
      "\(key.keyType)", key.name.description,
      payload.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
    ]
  }
}
