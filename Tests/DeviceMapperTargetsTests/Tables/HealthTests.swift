import DeviceMapperTargets
import Testing

struct HealthTests {
  @Test(arguments: [
    (Health.healthy, "healthy"),
    (Health(.degraded, ["leg 1 failed", "slow"]), "degraded: leg 1 failed, slow"),
    (Health(.healthy, progress: Progress("resync", fraction: 0.316)), "healthy (resync 31 %)"),
    (Health(.healthy, progress: Progress("resync", fraction: .nan)), "healthy (resync)"),
    (Health(.healthy, progress: Progress("resync", fraction: .infinity)), "healthy (resync)"),
  ])
  func `a health reads as a sentence`(health: Health, text: String) {
    #expect(health.description == text)
  }
}
