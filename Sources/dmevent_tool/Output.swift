import SystemPackage

/// Standard output and standard error, a line at a time.
enum Output {
  static func line(_ text: String) throws(Failure) { try write(text + "\n") }

  static func write(_ text: String) throws(Failure) {
    do { try FileDescriptor.standardOutput.writeAll(text.utf8) } catch {
      throw Failure("standard output: \(error)")
    }
  }

  static func error(_ message: String) {
    // If even that fails there is nobody left to tell.
    _ = try? FileDescriptor.standardError.writeAll("dmevent_tool: \(message)\n".utf8)
  }
}

extension String {
  /// The text on one line: controls as `\xNN`, as device-mapper names may hold any byte.
  var singleLine: String {
    var text = ""
    for scalar in unicodeScalars {
      if scalar.value < 0x20 || scalar.value == 0x7f {
        text += "\\x" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
