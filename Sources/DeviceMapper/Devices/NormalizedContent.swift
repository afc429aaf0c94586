package import DeviceMapperTargets
import SystemPackage

/// Content that a kernel prints differently from how it was given, apart from paths.
package protocol NormalizedContent: TargetContent {
  /// The content as a kernel could have printed it.
  var normalized: Self { get }
}

extension ErrorTargetParams: NormalizedContent {
  /// As kernels print it, whatever they were given.
  package var normalized: ErrorTargetParams { ErrorTargetParams() }
}

extension FlakeyTargetParams: NormalizedContent {
  /// With the features that a line without features means, as kernels from 6.12 on print them.
  package var normalized: FlakeyTargetParams {
    var params = self
    params.features = features.inEffect
    return params
  }
}

extension LinearDevTargetParams: NormalizedContent {
  /// With the features of a flakey line as they are in effect.
  package var normalized: LinearDevTargetParams {
    switch self {
    case .linear: self
    case .flakey(let params): .flakey(params.normalized)
    }
  }
}

extension IntegrityTargetParams: NormalizedContent {
  /// Without what the superblock says and kernels print whatever the table said.
  package var normalized: IntegrityTargetParams {
    var features = features
    if let meta = features.metaDevice, let device = try? meta.resolved() {
      features.metaDevice = .number(device)
    }
    if features.blockSize == 512 { features.blockSize = nil }
    features.recalculation = nil
    features.interleaveSectors = nil
    features.bufferSectors = nil
    features.journalSectors = nil
    features.journalWatermark = nil
    features.commitTime = nil
    features.sectorsPerBit = nil
    features.bitmapFlushInterval = nil
    features.fixesPadding = false
    features.fixesHMAC = false
    let tagSize = features.internalHash == nil ? tagSize : nil
    let params = try? IntegrityTargetParams(
      device: device, start: start, tagSize: tagSize, mode: mode, features: features)
    return params ?? self
  }
}

extension MultipathTargetParams: NormalizedContent {
  /// With the arguments of paths that selectors fill in, and without what is not kept.
  package var normalized: MultipathTargetParams {
    var features = features
    // A word without effect from 7.2 on, which isn't printed then.
    features.retainsAttachedHardwareHandler = false
    if features.queueMode != .bio { features.queueMode = nil }
    let groups = groups.map { group in
      let paths = group.paths.map { path in
        var path = path
        let defaults = group.selector.name.pathDefaults
        path.arguments += defaults.dropFirst(path.arguments.count)
        return path
      }
      return (try? MultipathGroup(selector: group.selector, paths: paths)) ?? group
    }
    let params = try? MultipathTargetParams(
      features: features,
      hardwareHandler: hardwareHandler.map { MultipathHardwareHandler($0.name) },
      // The group that is in use, once there was I/O.
      groups: groups, nextGroup: groups.isEmpty ? 0 : 1)
    return params ?? self
  }
}

extension RaidTargetParams: NormalizedContent {
  /// Without the chunk size of RAID 1, which has no chunks, and without the limit of writes behind,
  /// of which kernels print the half.
  package var normalized: RaidTargetParams {
    guard type.level == .raid1 else { return self }
    var options = options
    options.maximumWriteBehind = nil
    let params = try? RaidTargetParams(type: type, chunkSize: 0, options: options, devices: devices)
    return params ?? self
  }
}

extension MultipathSelectorName {
  /// What the selector takes for arguments of a path that aren't given.
  fileprivate var pathDefaults: [TargetWord] {
    switch self {
    case .roundRobin, .queueLength: ["1"]
    case .serviceTime: ["1", "1"]
    default: []
    }
  }
}

extension AnyTarget: NormalizedContent {
  /// With what its target fills in.
  package var normalized: AnyTarget {
    switch self {
    case .error(let params): .error(params.normalized)
    case .flakey(let params): .flakey(params.normalized)
    case .integrity(let params): .integrity(params.normalized)
    case .multipath(let params): .multipath(params.normalized)
    case .raid(let params): .raid(params.normalized)
    default: self
    }
  }
}

extension TargetTable {
  /// The lines as a kernel could have printed them: paths have become device numbers, and what the
  /// kernel fills in is filled in.
  package func normalized() throws(DmError) -> [TargetLine<Content>] {
    var lines = self.lines
    for index in lines.indices {
      var text = try lines[index].content.textResolvingPaths()
      defer { text.wipe() }
      // A number in the place of a path is of the same grammar.
      guard
        let content = try? Content(type: lines[index].content.targetType, text: text.span)
      else { continue }
      let filled = (content as? any NormalizedContent)?.normalized as? Content
      lines[index].content = filled ?? content
    }
    return lines
  }
}

extension TargetContent {
  /// The text with every path of a block device replaced by the number of the device; there may be keys
  /// in it, and in no other memory afterwards.
  fileprivate func textResolvingPaths() throws(DmError) -> [UInt8] {
    var writer = TextWriter(behind: 0, disposal: { $0.wipe() })
    write(to: &writer)
    var text = writer.take()
    guard text.contains(UInt8(ascii: "/")) else { return text }
    defer { text.wipe() }
    var resolved = TextWriter(behind: 0, disposal: { $0.wipe() })
    do throws(DmError) {
      var fields = FieldScanner(text.span)
      while let word = fields.nextWord(escaped: true) {
        if let path = DevicePath(escaped: word.bytes),
          let device = try devnodeToDevno(FilePath(path))
        {
          resolved.device(device)
        } else {
          resolved.words(word.bytes)
        }
      }
    } catch {
      var rest = resolved.take()
      rest.wipe()
      throw error
    }
    return resolved.take()
  }
}
