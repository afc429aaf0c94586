/// What is done with the map of a file.
enum Operation: String, CaseIterable {
  case create, list, report, sum, update, delete

  /// Does everything once, in order, on a file that gets one more extent before the update; each
  /// step is handed to `body`.
  static func all(
    on side: any Side, _ file: ExtentFile, _ body: (Operation, () throws -> Void) throws -> Void
  ) throws {
    var side = side
    try body(.create) { try side.create() }
    try body(.list) { try side.list() }
    try body(.report) { try side.report() }
    try body(.sum) { try side.sum() }
    try file.addExtent()
    try body(.update) { try side.update() }
    try body(.delete) { try side.delete() }
    try file.removeExtent()
  }
}
