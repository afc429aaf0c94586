public import Testing

/// Begins each test on a kernel without devices of tests, and ends it with a look at what is left.
///
/// Devices may be left: they are removed here. Semaphores and descriptors may not.
public struct LeavesNothing: SuiteTrait, TestTrait, TestScoping {
  /// Applies to the tests of the suites inside, too.
  public var isRecursive: Bool { true }

  /// Runs one test between the two looks.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent () async throws -> Void
  ) async throws {
    try await TestDevices.removeAll()
    let before = (try Leaks.semaphores(), Leaks.descriptors())
    let result: Result<Void, any Error>
    do { result = .success(try await function()) } catch { result = .failure(error) }
    #expect(try Leaks.semaphores() == before.0, "\(test.name) left semaphores")
    // A thread may be about to let go of the last reference to a context, here as at the beginning.
    let isClosed = await eventually { Self.isEmpty(Leaks.descriptors(), without: before.1) }
    #expect(isClosed, "\(test.name) left descriptors: \(Leaks.descriptors())")
    try await TestDevices.removeAll()
    try result.get()
  }
}

extension LeavesNothing {
  /// Whether nothing is left of descriptors once others are taken away.
  private static func isEmpty(_ descriptors: [String], without others: [String]) -> Bool {
    var others = others
    return descriptors.allSatisfy { descriptor in
      guard let index = others.firstIndex(of: descriptor) else { return false }
      others.remove(at: index)
      return true
    }
  }
}

extension Trait where Self == LeavesNothing {
  /// Makes sure that a test leaves no semaphore and no descriptor, and removes its devices.
  public static var leavesNothing: Self { LeavesNothing() }
}
