/// What a region has besides its place, as a rule the same as all others of its file.
struct RegionTraits: Hashable, Sendable, Codable {
  var program = ProgramId.none
  var auxiliary = AuxiliaryData.none
  var isPrecise = false
  var bounds: HistogramBounds?
}

/// Traits of which many regions have one copy.
final class SharedTraits: Hashable, Sendable {
  /// What a region most likely has.
  static let usual = SharedTraits(RegionTraits(program: .dmstats))

  let value: RegionTraits

  init(_ value: RegionTraits) { self.value = value }

  static func == (left: SharedTraits, right: SharedTraits) -> Bool {
    left === right || left.value == right.value
  }

  func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}
