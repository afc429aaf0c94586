extension DmError {
  /// The error of a step that failed, once those before it are undone, with what could not be.
  ///
  /// A cancelled task undoes them all the same.
  func undoing(
    _ body: @Sendable @escaping (inout DmError) async -> Void
  ) async -> DmError {
    await Task {
      var error = self
      await body(&error)
      return error
    }.value
  }
}
