public import DeviceMapperTargets

extension DmDevice<ThinPoolTargetParams> {
  /// Replaces the transaction id, if it is what the caller believes: compare and swap.
  ///
  /// - Throws: ``DmError`` with `EINVAL` if the pool has another id.
  public func setTransactionId(
    from current: UInt64, to new: UInt64
  ) throws(DmError) {
    try send(.setTransactionId(current: current, new: new))
  }

  /// Holds a snapshot of the metadata, which `thin_dump` and its like can read while the pool works.
  ///
  /// - Returns: The block of the snapshot's root, which the status reports, too.
  /// - Throws: ``DmError`` with `EBUSY` if a snapshot is held already.
  public func reserveMetadataSnapshot() throws(DmError) -> MetaBlocks {
    try send(.reserveMetadataSnapshot)
    guard case .working(let status) = try status(), let root = status.heldMetadataRoot else {
      throw DmError(.refused, command: .targetMessage, device: id)
    }
    return root
  }

  /// Lets go of the snapshot of the metadata.
  ///
  /// - Throws: ``DmError`` with `EINVAL` if none is held.
  public func releaseMetadataSnapshot() throws(DmError) { try send(.releaseMetadataSnapshot) }
}
