import DeviceMapperTargets
import TestSupport
import Testing

/// Commands of a tool, and the targets of the devices that it makes.
struct ToolRow: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let targets: [String]
  let commands: [String]
  let end: [String]
  let legs: Int
  let legLength: Sectors

  init(
    _ name: String, _ targets: [String], _ commands: [String], end: [String], legs: Int = 8,
    length: Sectors = Legs.length
  ) {
    testDescription = name
    self.targets = targets
    self.commands = commands
    self.end = end
    self.legs = legs
    legLength = length
  }

  /// Runs a command, with a passphrase as its input if it reads that; `{0}` stands for the node of a
  /// leg.
  func run(_ command: String, _ subject: Subject) async throws {
    var command = command
    for index in subject.legs.numbers.indices {
      command = command.replacing("{\(index)}", with: try subject.path("\(index)"))
    }
    var words = command.split(separator: " ").map(String.init)
    if command.hasPrefix("lv") || command.hasPrefix("vg") {
      words += ["--quiet", "--yes", "--config", Self.configuration]
    }
    // A program that doesn't read its input may be gone when that is written.
    let readsInput = words.contains("--key-file=-")
    try await TestSupport.run(
      words[0], Array(words.dropFirst()), input: readsInput ? "passphrase" : "")
  }

  /// What LVM is to look at, and nothing that stays or runs on.
  private static let configuration = """
    devices/use_devicesfile=0 devices/scan_lvs=1 devices/filter=["a|/dev/dm-|","a|/dev/swift/|","r|.*|"]
    backup/backup=0 backup/archive=0 activation/monitoring=0 global/use_lvmpolld=0
    """
}

extension ToolRow {
  private static let name = TestDevices.prefix + "tool"

  private static func crypt(
    _ what: String, _ targets: [String] = ["crypt"], format: String? = nil, open: String = ""
  ) -> ToolRow {
    var commands = ["cryptsetup open -q --key-file=- \(open) {0} \(name)"]
    if let format {
      commands.insert(
        "cryptsetup luksFormat -q --key-file=- --pbkdf pbkdf2 --pbkdf-force-iterations 1000 "
          + "\(format) {0}", at: 0)
    }
    return ToolRow(what, targets, commands, end: ["cryptsetup close \(name)"])
  }

  private static let luks2 = "--type luks2 --offset 4096 --luks2-keyslots-size 256k"

  static let cryptsetup: [ToolRow] = [
    crypt(
      "plain", open: "--type plain --cipher aes-cbc-essiv:sha256 --key-size 256 --offset 8 --skip 8"
    ),
    crypt("LUKS 1", format: "--type luks1 --cipher aes-xts-plain64"),
    crypt("LUKS 2 with its key in the keyring", format: luks2),
    crypt(
      "LUKS 2 with its key in the table", format: luks2 + " --sector-size 4096",
      open: "--disable-keyring --allow-discards --perf-same_cpu_crypt"),
    crypt(
      "LUKS 2 without queues", format: luks2,
      open: "--perf-no_read_workqueue --perf-no_write_workqueue --perf-submit_from_crypt_cpus"),
    crypt(
      "LUKS 2 with integrity", ["crypt", "integrity"],
      format: "--type luks2 --luks2-keyslots-size 512k --offset 4096 --integrity hmac-sha256 "
        + "--integrity-no-wipe"),
  ]

  private static func integrity(_ what: String, format: String = "", open: String = "") -> ToolRow {
    let hash = "--integrity sha256"
    return ToolRow(
      what, ["integrity"],
      [
        "integritysetup format -q --no-wipe --tag-size 32 \(format.isEmpty ? hash : format) {0}",
        "integritysetup open \(format.isEmpty ? hash : format) \(open) {0} \(name)",
      ], end: ["integritysetup close \(name)"])
  }

  static let integritysetup: [ToolRow] = [
    integrity("with a journal"),
    integrity("with a bitmap", open: "--integrity-bitmap-mode"),
    integrity("without either", open: "--integrity-no-journal"),
    integrity("recalculated", open: "--integrity-recalculate"),
    integrity(
      "with a key",
      format: "--integrity hmac-sha256 --integrity-key-size 32 --integrity-key-file /dev/zero"),
    integrity(
      "with a journal that is authenticated",
      format: "--integrity sha256 --journal-integrity hmac-sha256 --journal-integrity-key-size 32 "
        + "--journal-integrity-key-file /dev/zero"),
  ]

  private static func verity(_ what: String, format: String = "", open: String = "") -> ToolRow {
    ToolRow(
      what, ["verity"],
      [
        "veritysetup format --root-hash-file /run/swift-test-root \(format) {0} {1}",
        "veritysetup open --root-hash-file /run/swift-test-root \(open) {0} \(name) {1}",
      ], end: ["veritysetup close \(name)", "rm /run/swift-test-root"])
  }

  static let veritysetup: [ToolRow] = [
    verity("as it is"),
    verity("without salt and with small blocks", format: "--salt=- --data-block-size=1024"),
    verity(
      "as one wants it",
      open: "--ignore-corruption --ignore-zero-blocks --check-at-most-once"),
    verity("in a hurry", format: "--hash=sha512 --format=0", open: "--restart-on-corruption"),
  ]

  static let veritysetupWithCorrection: [ToolRow] = [
    verity("correcting", format: "--fec-device={2} --fec-roots=8", open: "--fec-device={2}")
  ]

  private static func lvm(
    _ what: String, _ targets: [String], legs: Int = 8, length: Sectors = Legs.length,
    _ commands: String...
  ) -> ToolRow {
    let volumes = (0..<legs).map { "{\($0)}" }.joined(separator: " ")
    return ToolRow(
      what, targets, ["rm -rf /dev/swift", "vgcreate -s 1m swift \(volumes)"] + commands,
      end: ["vgremove -f swift"], legs: legs, length: length)
  }

  static let lvm: [ToolRow] = [
    lvm("striped", ["striped"], "lvcreate -n test-a -i 2 -l 4 swift"),
    lvm(
      "snapshot", ["linear", "snapshot", "snapshot-origin"], "lvcreate -n test-a -l 4 swift",
      "lvcreate -s -n test-b -l 2 swift/test-a"),
    lvm(
      "thin", ["linear", "thin-pool", "thin"],
      "lvcreate --type thin -n test-a -V 16m --thinpool test-b -L 8m --poolmetadatasize 2m swift",
      "lvcreate -s -n test-c -kn swift/test-a"),
    lvm(
      "cache", ["linear", "cache"], "lvcreate -n test-a -l 8 swift",
      "lvcreate -n test-b -l 20 swift",
      "lvconvert --type cache --cachevol test-b --cachemode writeback swift/test-a"),
    lvm(
      "write cache", ["linear", "writecache"], "lvcreate -n test-a -l 8 swift",
      "lvcreate -an -Zn -n test-b -l 8 swift",
      "lvconvert --type writecache --cachevol test-b swift/test-a"),
    lvm("raid0", ["linear", "raid"], "lvcreate --type raid0 -i 2 -n test-a -l 4 swift"),
    lvm("raid1", ["linear", "raid"], "lvcreate --type raid1 -m 1 --nosync -n test-a -l 4 swift"),
    lvm("raid5", ["linear", "raid"], "lvcreate --type raid5 -i 2 --nosync -n test-a -l 4 swift"),
    lvm(
      "mirror", ["linear", "mirror"],
      "lvcreate --type mirror -m 1 --mirrorlog core --nosync -n test-a -l 4 swift"),
    lvm(
      "mirror with a log", ["linear", "mirror"],
      "lvcreate --type mirror -m 1 --mirrorlog disk --nosync -n test-a -l 4 swift"),
  ]

  static let lvmWithRaid10: [ToolRow] = [
    lvm(
      "raid10", ["linear", "raid"],
      "lvcreate --type raid10 -i 2 -m 1 --nosync -n test-a -l 4 swift")
  ]

  static let lvmWithIntegrity: [ToolRow] = [
    lvm(
      "raid1 with integrity", ["linear", "raid", "integrity"], legs: 2, length: 65536,
      "lvcreate --type raid1 -m 1 --raidintegrity y -n test-a -l 4 swift")
  ]
}
