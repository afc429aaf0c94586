import DeviceMapperTargets

/// The laws of texts of several devices and of replies.
extension ValueLaw {
  static func named(_ input: [UInt8]) throws(Violation) -> Bool {
    let tables: [NamedTable<AnyTarget>]
    do { tables = try NamedTable.tables(parsing: input.span) } catch {
      try checkOffset(error, input)
      return false
    }
    var writer = TextWriter()
    for table in tables { table.write(to: &writer) }
    let printed = writer.text
    let again: [NamedTable<AnyTarget>]
    do { again = try NamedTable.tables(parsing: printed.bytes) } catch {
      throw Violation("what is printed is read (\(printed), \(error))", input)
    }
    if again != tables { throw Violation("what is printed is equal (\(printed))", input) }
    return true
  }

  static func concise(
    _ input: [UInt8], _ format: ConciseFormat
  ) throws(Violation) -> Bool {
    typealias Device = ConciseDevice<AnyTarget>
    let devices: [Device]
    do { devices = try Device.devices(parsing: input.span, as: format) } catch {
      try checkOffset(error, input)
      return false
    }
    let printed: TargetText
    // What the kernel takes can be longer than it is when it is printed in full.
    do { printed = try Device.text(of: devices, as: format) } catch {
      if format == .kernel, case .unescapable = error { return false }
      if format == .kernel, error == .tooLong { return false }
      throw Violation("what is read is printed (\(error))", input)
    }
    let again: [Device]
    do { again = try Device.devices(parsing: printed.bytes, as: format) } catch {
      throw Violation("what is printed is read (\(printed), \(error))", input)
    }
    if again != devices { throw Violation("what is printed is equal (\(printed))", input) }
    return true
  }

  static func reply(_ input: [UInt8]) throws(Violation) -> Bool {
    _ = try? DustReply(parsing: input.span)
    let report: VdoReport
    do { report = try VdoReport(parsing: input.span) } catch {
      if error.offset < 0 || error.offset > input.count {
        throw Violation("an error's offset lies in the text, \(error)", input)
      }
      return false
    }
    _ = VdoStatistics(report).savedFraction
    _ = VdoStatistics(report).writeAmplification
    _ = VdoStatistics(report).physical
    if (try? VdoReport(parsing: report.description)) != report {
      throw Violation("what is printed is equal (\(report))", input)
    }
    return true
  }

  private static func checkOffset(_ error: DeviceTextError, _ input: [UInt8]) throws(Violation) {
    let offset: Int
    switch error {
    case .text(let error): offset = error.offset
    case .table(_, let place): offset = place
    }
    if offset < 0 || offset > input.count {
      throw Violation("an error's offset lies in the text, \(error)", input)
    }
  }
}
