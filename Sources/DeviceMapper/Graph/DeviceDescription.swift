public import DeviceMapperTargets
import SystemPackage

/// How a device is to be.
///
/// A table may name other devices by their paths, such as `/dev/mapper/NAME`, also those of devices
/// that are described with it.
public struct DeviceDescription: Hashable, Sendable {
  /// The name of the device.
  public var name: DmName
  /// Its uuid.
  public var uuid: DmUuid?
  /// Its table.
  public var table: TargetTable<AnyTarget>
  /// Whether the device can't be written.
  public var isReadOnly: Bool

  /// Creates a description.
  public init(
    _ name: DmName, uuid: DmUuid? = nil, table: TargetTable<AnyTarget>, isReadOnly: Bool = false
  ) {
    self.name = name
    self.uuid = uuid
    self.table = table
    self.isReadOnly = isReadOnly
  }
}

/// How a device differs from its description.
public enum DeviceDifference: Hashable, Sendable {
  /// Not at all.
  case none
  /// There is no device of this name.
  case missing
  /// There is one with another uuid: another device.
  case uuid(described: DmUuid?, found: DmUuid?)
  /// Its active table has other lines, or there is none.
  case table([LineDifference])

  /// Its table is the described one, but the device can be written, or can't, against the description.
  case access(isReadOnly: Bool)

  /// A range of a device that has another line than the described one.
  public struct LineDifference: Hashable, Sendable {
    /// The line that is described for the range, if there is one.
    public var described: TargetLine<AnyTarget>?
    /// The line that the kernel has, if there is one.
    public var found: TargetLine<AnyTarget>?
  }
}

extension DM {
  /// Compares a device with its description.
  ///
  /// Tables are compared as the kernel prints them: paths have become device numbers, and what the
  /// kernel fills in is filled in.
  ///
  /// - Throws: ``DmError``, for example if the caller isn't privileged.
  public func difference(
    from described: DeviceDescription
  ) throws(DmError) -> DeviceDifference {
    let info: DeviceInfo
    let table: TargetTable<AnyTarget>?
    do {
      (info, table) = try self.table(
        .name(described.name), mayHoldKeys: true
      ) { status throws(DmError) in
        // Another device's table may be anything.
        let isOther = status.lines.isEmpty || status.info.uuid != described.uuid
        return (status.info, isOther ? nil : try status.table(of: AnyTarget.self))
      }
    } catch  where error.errno == .noSuchAddressOrDevice {
      return .missing
    }
    guard info.uuid == described.uuid else {
      return .uuid(described: described.uuid, found: info.uuid)
    }
    let lines = Self.differences(
      try described.table.normalized(), try table?.normalized() ?? [])
    guard lines.isEmpty else { return .table(lines) }
    let isReadOnly = info.isReadOnly
    let isDescribedReadOnly = described.isReadOnly || described.table.isReadOnly
    return isReadOnly == isDescribedReadOnly ? .none : .access(isReadOnly: isReadOnly)
  }

  /// The lines that differ, in the order of their starts.
  private static func differences(
    _ described: [TargetLine<AnyTarget>], _ found: [TargetLine<AnyTarget>]
  ) -> [DeviceDifference.LineDifference] {
    var (wanted, there) = (described[...], found[...])
    var differences: [DeviceDifference.LineDifference] = []
    while !wanted.isEmpty || !there.isEmpty {
      let start = min(wanted.first?.start ?? .max, there.first?.start ?? .max)
      let one = wanted.first?.start == start ? wanted.popFirst() : nil
      let other = there.first?.start == start ? there.popFirst() : nil
      if one != other { differences.append(.init(described: one, found: other)) }
    }
    return differences
  }

  /// Makes devices what they are described to be, and touches only what differs: creates those that
  /// are missing, and gives those with another table theirs, by a load and a resume.
  ///
  /// If a step fails, those before it are undone: devices that were created are removed, tables that
  /// were replaced are loaded again.
  ///
  /// - Parameters:
  ///   - descriptions: The devices, each behind those that it stands on.
  ///   - options: How they are created and resumed.
  /// - Returns: The names of the devices that were touched, with how they differed.
  /// - Throws: ``DmError`` with ``DmError/Code/mismatch`` if a device has another uuid; with what
  ///   couldn't be undone in ``DmError/notUndone``.
  @discardableResult
  public func apply(
    _ descriptions: [DeviceDescription], options: DmOptions = DmOptions()
  ) async throws(DmError) -> [(name: DmName, difference: DeviceDifference)] {
    var steps: [AppliedStep] = []
    var changes: [(name: DmName, difference: DeviceDifference)] = []
    for description in descriptions {
      do {
        let difference = try difference(from: description)
        if difference == .none { continue }
        steps.append(try await apply(description, difference, options))
        changes.append((description.name, difference))
      } catch {
        throw await error.undoing { [steps] error in
          for step in steps.reversed() { await step.undo(options, &error) }
        }
      }
    }
    return changes
  }

  private func apply(
    _ description: DeviceDescription, _ difference: DeviceDifference, _ options: DmOptions
  ) async throws(DmError) -> AppliedStep {
    let device = DmDevice<AnyTarget>(self, description.name)
    switch difference {
    case .none, .missing:
      _ = try await DmDevice<AnyTarget>.create(
        self, description.name, uuid: description.uuid, table: description.table,
        readOnly: description.isReadOnly, options: options)
      return .created(device)
    case .uuid(let described, let found):
      throw DmError(
        .mismatch, device: device.id, context: .uuids(described: described, found: found))
    case .table, .access:
      let step = AppliedStep.replaced(device, try savedTable(device.id))
      do {
        try await device.setTable(
          description.table, readOnly: description.isReadOnly, options: options)
      } catch {
        // The device may have its new table all the same: udev takes longer, or wasn't waited for.
        guard error.code != .refused,
          (try? self.difference(from: description)) == DeviceDifference.none
        else { throw error }
        throw await error.undoing { await step.undo(options, &$0) }
      }
      return step
    }
  }
}

/// A step that can be undone.
private enum AppliedStep: Sendable {
  case created(DmDevice<AnyTarget>)
  case replaced(DmDevice<AnyTarget>, SavedTable)

  func undo(_ options: DmOptions, _ error: inout DmError) async {
    switch self {
    case .created(let device): await device.remove(undoing: &error, options)
    case .replaced(let device, let table):
      do throws(DmError) { try await device.restore(table, options) } catch let failure
        where failure.code != .udevTimeout
      {
        error.notUndone.append(.replacedTable(device.name, failure))
      } catch {}
    }
  }
}
