import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  /// The states of targets that verify what they read.
  struct IntegrityStates {
    @Test(.kernel(.integrity), arguments: TargetState.integrity)
    func `an integrity device is`(state: TargetState) async throws { try await state.check() }

    // Debian's kernel is built without the correction, as it is without ebs.
    @Test(.optionalKernel(.verity, .ebs)) func `a verity device is corrected`() async throws {
      try await TargetState.corrected.check()
    }

    @Test(.kernel(.verity), arguments: TargetState.verity)
    func `a verity device is`(state: TargetState) async throws { try await state.check() }
  }
}

extension TargetState {
  /// A device whose tags lie elsewhere, so that its data lies at the beginning.
  private static func integrity(_ mode: String, _ more: String = "") -> String {
    let count = 2 + more.split(separator: " ").count
    return "8192 integrity {0} 0 - \(mode) \(count) internal_hash:sha256 meta_device:{1}"
      + (more.isEmpty ? "" : " \(more)")
  }

  private static func corrupted(_ mode: String) -> TargetState {
    TargetState("corrupted in mode \(mode)", integrity(mode), "1 16384 -", .degraded) { subject in
      try await subject.write(count: 4)
      try await subject.expect("0 16384 -", .healthy)
      try await subject.load(integrity(mode))
      try await subject.write("0", at: 2)
      try await subject.read()
      await #expect(throws: ProgramResult.self) { try await subject.read(at: 2) }
    }
  }

  static let integrity: [TargetState] = [
    corrupted("J"), corrupted("B"), corrupted("D"),
    TargetState("recalculated", integrity("J", "recalculate"), "0 16384 *", slow: [1]) {
      subject in
      let progress = try subject.status().health.progress
      #expect(progress?.operation == "recalculate")
    },
    TargetState(
      "recalculated to its end", integrity("J", "recalculate"), "0 16384 16384"),
    TargetState("recovered", integrity("R"), "0 16384 -"),
  ]

  /// Writes the tree of hashes and makes the device, whose data are what lies on the first leg.
  private static func makeVerity(
    _ subject: Subject, _ options: [String] = [], format: [String] = []
  ) async throws {
    let (data, hash) = (try subject.path("0"), try subject.path("1"))
    let output = try await run(
      "veritysetup",
      [
        "format", data, hash, "--data-blocks=1024", "--salt=0011", "--no-superblock",
      ] + format)
    let root = try #require(output.split(separator: "\n").first { $0.hasPrefix("Root hash") })
    let digest = try #require(root.split(whereSeparator: \.isWhitespace).last)
    var row = "8192 verity 1 {0} {1} 4096 4096 1024 0 sha256 \(digest) 0011"
    if !options.isEmpty { row += " \(options.count) \(options.joined(separator: " "))" }
    try await subject.make(row, readOnly: true)
  }

  static let verity: [TargetState] = [
    TargetState("verified", nil, "V ...") { subject in
      try await makeVerity(subject)
      try await subject.read(count: 1024)
    },
    TargetState("corrupted", nil, "C ...", .failed) { subject in
      try await makeVerity(subject)
      try await subject.write("0", at: 5)
      await #expect(throws: ProgramResult.self) { try await subject.read(at: 5) }
    },
    TargetState("corrupted, and read nevertheless", nil, "C ...", .failed) { subject in
      try await makeVerity(subject, ["ignore_corruption", "check_at_most_once"])
      try await subject.write("0", at: 5)
      try await subject.read(at: 5)
    },
    TargetState("verified but for zeroes", nil, "V ...") { subject in
      try await makeVerity(subject, ["ignore_zero_blocks"])
      try await subject.read(count: 16)
    },
  ]

  static let corrected = TargetState("corrected", nil, "V 1", .degraded) { subject in
    try await makeVerity(
      subject,
      ["use_fec_from_device", "{2}", "fec_blocks", "3072", "fec_start", "0", "fec_roots", "2"],
      format: ["--fec-device=\(subject.path("2"))", "--fec-roots=2"])
    try await subject.write("0", at: 5)
    try await subject.read(at: 5)
  }
}
