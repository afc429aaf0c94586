import TestSupport
import Testing

/// All suites that need a live kernel: one test at a time, each with nothing left behind.
@Suite(.serialized, .kernel(), .leavesNothing)
struct OnKernel {}
