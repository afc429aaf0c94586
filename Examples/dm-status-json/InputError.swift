import DeviceMapperTargets
import SystemPackage

/// Where a line comes from.
struct Place {
  /// The file; `nil` for standard input and the kernel.
  var file: String?
  /// The number of the line, from 1.
  var line: Int
}

/// What couldn't be read, as it is told.
struct InputError {
  var message: String
  var file: String?
  var line: Int?
  var name: DmName?
  var error: ParseError?

  /// An input that can't be read at all.
  init(file: String?, message: String) {
    self.file = file
    self.message = "\(file ?? "standard input"): \(message)"
  }

  /// A device that can't be asked.
  init(name: DmName?, message: String) {
    self.name = name
    self.message = message
  }

  /// A line with a field that isn't of its form.
  init(_ error: ParseError, name: DmName? = nil, at place: Place) {
    self.error = error
    self.name = name
    message = "\(error)"
    file = place.file
    line = place.line
  }

  /// A concise device, which begins at `base` in its line.
  init(_ error: DeviceTextError, name: DmName?, base: Int, at place: Place) {
    switch error {
    case .text(var error):
      error.offset += base
      self.init(error, name: name, at: place)
    case .table(let error, let offset):
      self.init(
        ParseError(
          .forbidden, target: nil, field: "table", offset: base + offset,
          expected: "lines that are a table together"),
        name: name, at: place)
      message = "table at byte \(base + offset): \(error)"
    }
  }

  /// The object for it.
  func object() throws -> JSONObject {
    var object = JSONObject()
    try object.add("error", message)
    try object.add("file", ifPresent: file)
    try object.add("line", ifPresent: line)
    try object.add("name", ifPresent: name)
    if let error {
      try object.add("target", ifPresent: error.target)
      try object.add("offset", error.offset)
      try object.add("field", error.field)
      try object.add("expected", error.expected)
    }
    return object
  }
}
