import FilemapStats
import SystemPackage
import Testing

struct StartFilemapdTests {
  @Test(arguments: FilemapMode.allCases)
  func `a mode is read as it is printed`(mode: FilemapMode) {
    #expect(FilemapMode("\(mode)") == mode)
  }

  @Test(arguments: ["", "Inode", "inode ", "paths"])
  func `no other word is a mode`(word: String) { #expect(FilemapMode(word) == nil) }

  @Test(
    arguments: [
      (-1, "/data", 0, StatsError.Context.argument("fd")), (0, "data", 0, .path("data")),
      (0, "", 0, .path("")), (0, "/data", 4, .argument("verbose")),
      (0, "/data", -1, .argument("verbose")),
    ] as [(CInt, FilePath, Int, StatsError.Context)])
  func `an argument that can't be is refused`(
    fd: CInt, path: FilePath, verbose: Int, context: StatsError.Context
  ) {
    let error = #expect(throws: StatsError.self) {
      try startFilemapd(
        fd: FileDescriptor(rawValue: fd), group: 0, path: path, mode: .inode, verbose: verbose)
    }
    #expect(error?.code == .invalidArgument)
    #expect(error?.context == context)
  }
}
