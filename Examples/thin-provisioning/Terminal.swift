import DeviceMapper
import DeviceMapperTargets
import Foundation

/// What the example prints: colours and bars on a terminal, plain text elsewhere.
struct Terminal {
  private let isColoured =
    isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  private var chapter = 0

  private func styled(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
  }

  private func line(_ text: String = "") {
    print(text)
    fflush(nil)
  }

  mutating func chapter(_ title: String) {
    chapter += 1
    line()
    line(styled("\(chapter). \(title)", "1"))
  }

  func say(_ text: String) { line("   \(text)") }

  func event(_ text: String) { line("   \(styled("⚡ \(text)", "33"))") }

  func good(_ text: String) { line("   \(styled("✓ \(text)", "32"))") }

  /// A pool's usage as a bar: `data [████████······] 48 MiB of 128 MiB`.
  func bar(_ status: ThinPoolStatus, blockSize: Sectors) {
    guard case .working(let pool) = status else {
      say(styled("the pool \(status)", "31"))
      return
    }
    let width = 32
    let filled = Int((pool.data.fraction * Double(width)).rounded())
    let cells =
      String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
    let colour =
      switch pool.mode {
      case .readWrite: pool.data.fraction < 0.75 ? "32" : "33"
      case .outOfDataSpace, .readOnly: "31"
      }
    let size = { (blocks: DataBlocks) in blocks.bytes(blockSize: blockSize)?.iec ?? "\(blocks)" }
    say(
      "data \(styled("[\(cells)]", colour)) \(size(pool.data.used)) of \(size(pool.data.total)), "
        + "metadata \(pool.metadata.used.bytes.iec) of \(pool.metadata.total.bytes.iec), "
        + "mode \(pool.mode)")
  }
}
