import SystemPackage

/// Somebody who maps a file.
protocol Side {
  var name: String { get }
  /// Creates a group of regions for the file's extents.
  mutating func create() throws
  /// Lists the groups and their regions.
  func list() throws
  /// Prints the counters of each region of the group, and clears them.
  func report() throws
  /// The same for all regions of the group together.
  func sum() throws
  /// Makes the regions those of the file, which has one more extent.
  mutating func update() throws
  /// Deletes the group and its regions.
  func delete() throws
}

/// A call that failed.
struct Failed: Error {
  var call: String
  var code: Errno?

  init(_ call: String, _ code: Errno? = nil) {
    self.call = call
    self.code = code
  }
}
