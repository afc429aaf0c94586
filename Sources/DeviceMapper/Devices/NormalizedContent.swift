package import DeviceMapperTargets
import SystemPackage

/// Content that a kernel prints differently from how it was given, apart from paths.
package protocol NormalizedContent: TargetContent {
  /// The content as a kernel could have printed it.
  var normalized: Self { get }
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

extension AnyTarget: NormalizedContent {
  /// With what its target fills in.
  package var normalized: AnyTarget {
    switch self {
    case .flakey(let params): .flakey(params.normalized)
    default: self
    }
  }
}

extension TargetTable {
  /// The lines as a kernel could have printed them: paths have become device numbers, and what the
  /// kernel fills in is filled in.
  func normalized() throws(DmError) -> [TargetLine<Content>] {
    var lines = self.lines
    for index in lines.indices {
      let text = try lines[index].content.text.resolvingPaths()
      // A number in the place of a path is of the same grammar.
      guard
        let content = try? Content(type: lines[index].content.targetType, text: text.bytes)
      else { continue }
      let filled = (content as? any NormalizedContent)?.normalized as? Content
      lines[index].content = filled ?? content
    }
    return lines
  }
}

extension TargetText {
  /// The text with every path of a block device replaced by the number of the device.
  fileprivate func resolvingPaths() throws(DmError) -> TargetText {
    guard bytes.contains(UInt8(ascii: "/")) else { return self }
    var fields = FieldScanner(bytes)
    var writer = TextWriter()
    while let word = fields.nextWord(escaped: true) {
      if let path = DevicePath(escaped: word.bytes), let device = try devnodeToDevno(FilePath(path))
      {
        writer.device(device)
      } else {
        writer.text(word.text)
      }
    }
    return writer.text
  }
}

extension Span<UInt8> {
  fileprivate func contains(_ byte: UInt8) -> Bool {
    for index in indices where self[index] == byte { return true }
    return false
  }
}
