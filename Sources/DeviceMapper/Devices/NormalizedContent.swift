package import DeviceMapperTargets

/// Content that a kernel prints differently from how it was given.
///
/// Two tables are equivalent if they are equal once normalised: paths have become numbers, and what
/// the kernel fills in is filled in.
package protocol NormalizedContent: TargetContent {
  /// The content as a kernel could have printed it.
  func normalized() throws(DmError) -> Self
}

extension DeviceReference {
  fileprivate mutating func normalize() throws(DmError) { self = .number(try resolved()) }
}

extension LinearTargetParams: NormalizedContent {
  package func normalized() throws(DmError) -> LinearTargetParams {
    var params = self
    try params.device.normalize()
    return params
  }
}

extension FlakeyTargetParams: NormalizedContent {
  package func normalized() throws(DmError) -> FlakeyTargetParams {
    var params = self
    try params.device.normalize()
    // Kernels from 6.12 on print what a line without features means.
    params.features = features.inEffect
    return params
  }
}

extension LinearDevTargetParams: NormalizedContent {
  package func normalized() throws(DmError) -> LinearDevTargetParams {
    switch self {
    case .linear(let params): .linear(try params.normalized())
    case .flakey(let params): .flakey(try params.normalized())
    }
  }
}

extension ThinTargetParams: NormalizedContent {
  package func normalized() throws(DmError) -> ThinTargetParams {
    guard let externalOrigin else {
      return ThinTargetParams(pool: .number(try pool.resolved()), thinId: thinId)
    }
    let (pool, origin) = (try pool.resolved(), try externalOrigin.resolved())
    do {
      return try ThinTargetParams(
        pool: .number(pool), thinId: thinId, externalOrigin: .number(origin))
    } catch {
      throw DmError(.invalidParameters, context: .parameters(error))
    }
  }
}

extension ThinPoolTargetParams: NormalizedContent {
  package func normalized() throws(DmError) -> ThinPoolTargetParams {
    var params = self
    try params.metadataDevice.normalize()
    try params.dataDevice.normalize()
    return params
  }
}

extension TargetTable {
  /// The lines as a kernel could have printed them.
  func normalized() throws(DmError) -> [TargetLine<Content>] {
    var lines = self.lines
    for index in lines.indices {
      guard let content = lines[index].content as? any NormalizedContent else { continue }
      if let normalized = try content.normalized() as? Content { lines[index].content = normalized }
    }
    return lines
  }
}
