import ArgumentParser
import DeviceMapper
import Glibc
import SystemPackage

@main
struct DmStatusJSON: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dm-status-json",
    abstract: "Turns statuses and tables of device-mapper devices into JSON, an object a line.",
    usage: """
      dm-status-json [--table | --reprint | --health] [--strict] [--show-keys] [FILE ...]
      dm-status-json [--table | --reprint | --health] [--strict] [--show-keys] --live [NAME ...]
      """,
    discussion: """
      Reads what `dmsetup status` prints or, with --table, what `dmsetup table` prints, its concise \
      form included, and writes what it means.

      A line that can't be read becomes an object with "error", "line", "offset", "field" and \
      "expected" in its place; the rest goes on, and the exit status is 1 at the end.

      With --health the exit status is that of a monitoring plug-in: 0 if all devices are healthy, \
      1 if one is degraded, 2 if one has failed, and 3 if none has failed and something couldn't be \
      read. Then, and with --reprint, the objects of errors go to standard error.
      """)

  @Flag(help: "The lines are those of tables, not of statuses.")
  var table = false

  @Flag(help: "Print each line of a table back as text, as the kernel takes it.")
  var reprint = false

  @Flag(help: "Print how each device is doing, a line each.")
  var health = false

  @Flag(help: "Stop at the first error.")
  var strict = false

  @Flag(help: "Ask the running kernel, for all devices or for those named.")
  var live = false

  @Flag(name: .customLong("show-keys"), help: "Show keys of encryption instead of a placeholder.")
  var showKeys = false

  @Argument(help: "Files to read, - for standard input; with --live, names of devices.")
  var operands: [String] = []

  func validate() throws {
    if health, table || reprint {
      throw ValidationError(
        "--health is about statuses: it goes neither with --table nor --reprint")
    }
  }

  func run() throws {
    // A reader that goes away ends this as it ends every filter, whatever the parent ignores.
    _ = signal(SIGPIPE, SIG_DFL)
    let form: Form = health ? .health : reprint ? .text : table ? .tableObjects : .statusObjects
    var conversion = Conversion(form, showsKeys: showKeys, isStrict: strict)
    do {
      if live {
        try conversion.convertLive(operands)
      } else {
        for file in operands.isEmpty ? ["-"] : operands { try conversion.convert(file: file) }
      }
      try conversion.finish()
    } catch is Stopped {
    } catch let error as OutputError {
      try? Output.write(Array("dm-status-json: \(error)".utf8), to: .standardError)
      throw ExitCode(health ? 3 : 1)
    }
    throw ExitCode(conversion.exitCode)
  }
}

/// What is read, and what it is turned into.
enum Form {
  /// Statuses become objects.
  case statusObjects
  /// Statuses become a line of text for each device.
  case health
  /// Tables become objects.
  case tableObjects
  /// Tables become text again.
  case text

  /// Whether what is read are tables.
  var readsTables: Bool { self == .tableObjects || self == .text }
  /// Whether objects are what is written.
  var writesObjects: Bool { self == .statusObjects || self == .tableObjects }
}

/// The end at the first error, which was asked for.
struct Stopped: Error {}
