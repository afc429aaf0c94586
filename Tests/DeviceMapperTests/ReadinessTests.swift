import SystemPackage
import Testing

@testable import DeviceMapper

struct ReadinessTests {
  @Test func `a descriptor that is readable ends the wait`() async throws {
    let (reading, writing) = try FileDescriptor.pipe()
    defer { _ = (try? reading.close(), try? writing.close()) }
    try writing.writeAll([1])
    try await Readiness.wait(for: reading)
  }

  @Test func `what becomes readable later ends the wait`() async throws {
    let (reading, writing) = try FileDescriptor.pipe()
    defer { _ = (try? reading.close(), try? writing.close()) }
    async let waiting: Void = Readiness.wait(for: reading)
    try await Task.sleep(for: .milliseconds(20))
    try writing.writeAll([1])
    try await waiting
  }

  @Test(arguments: 0..<50)
  func `a cancelled task stops waiting, before, while and after it begins`(delay: Int) async throws
  {
    let (reading, writing) = try FileDescriptor.pipe()
    defer { _ = (try? reading.close(), try? writing.close()) }
    let task = Task { () -> DmError? in
      do throws(DmError) { try await Readiness.wait(for: reading) } catch { return error }
      return nil
    }
    if delay > 0 { try await Task.sleep(for: .microseconds(delay * 20)) }
    task.cancel()
    #expect(await task.value?.code == .cancelled)
  }
}
