import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

/// A state that a target can get into: how, and what its kernel says then.
struct TargetState: CustomTestStringConvertible, Sendable {
  /// What is done to a device.
  typealias Steps = @Sendable (Subject) async throws -> Void

  let testDescription: String
  /// The line of the device; `nil` where the steps make it.
  let row: String?
  /// The status, with `*`, `|` and `...` as ``Subject/expect(_:_:of:sourceLocation:)`` takes them.
  let status: String
  let health: Health.Level
  /// The legs that are slow from the beginning.
  let slow: [Int]
  let steps: Steps

  init(
    _ name: String, _ row: String?, _ status: String, _ health: Health.Level = .healthy,
    slow: [Int] = [], steps: @escaping Steps = { _ in }
  ) {
    testDescription = name
    self.row = row
    self.status = status
    self.health = health
    self.slow = slow
    self.steps = steps
  }

  /// Brings the state about and looks at it.
  func check(legs: Int = 4) async throws {
    let subject = try await Subject(try DM(), legs: legs)
    for index in slow { try await subject.legs.slow(index) }
    if let row { try await subject.make(row) }
    try await steps(subject)
    try await subject.expect(status, health)
    try await subject.finish()
  }
}
