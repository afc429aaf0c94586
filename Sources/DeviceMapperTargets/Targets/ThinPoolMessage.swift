/// A message to a thin pool.
///
/// A pool that is read only or has failed refuses all of them with `EOPNOTSUPP`.
public enum ThinPoolMessage: TargetMessage {
  /// Create an empty thin device; `EEXIST` if the id is taken.
  case createThin(ThinDevId)
  /// Create a snapshot of a thin device, which must be suspended while it is active.
  case createSnapshot(ThinDevId, of: ThinDevId)
  /// Delete a thin device and free its blocks; `ENODATA` if there is none.
  case delete(ThinDevId)
  /// Replace the transaction id, if it is what the caller believes.
  case setTransactionId(current: UInt64, new: UInt64)
  /// Hold a snapshot of the metadata for user space to read; `EBUSY` if one is held.
  case reserveMetadataSnapshot
  /// Let go of the snapshot of the metadata; `EINVAL` if none is held.
  case releaseMetadataSnapshot

  /// Appends the words of the message.
  public func write(to text: inout TextWriter) {
    switch self {
    case .createThin(let id):
      text.word("create_thin")
      text.number(id.rawValue)
    case .createSnapshot(let id, let origin):
      text.word("create_snap")
      text.number(id.rawValue)
      text.number(origin.rawValue)
    case .delete(let id):
      text.word("delete")
      text.number(id.rawValue)
    case .setTransactionId(let current, let new):
      text.word("set_transaction_id")
      text.number(current)
      text.number(new)
    case .reserveMetadataSnapshot: text.word("reserve_metadata_snap")
    case .releaseMetadataSnapshot: text.word("release_metadata_snap")
    }
  }
}
