// Its headers have `timespec` as well, and a release build takes it from there.
import CDeviceMapper
import Glibc

/// How much of the time something may take.
enum Share: Int {
  case half = 2
  case twentieth = 20
  case hundredth = 100
  case thousandth = 1000

  /// How long to wait from the beginning of something that took `cost`; there is an end to it, or
  /// one slow look would be the last for hours.
  func pause(after cost: Duration) -> Duration {
    min(cost * rawValue, .seconds(10) * max(1, rawValue / 100))
  }
}

/// The processor time that this thread has used: what a look costs, however busy the machine is.
func processorTime() -> Duration {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
