/// What an update of a file's regions did.
public struct FilemapUpdate: Hashable, Sendable {
  /// The group before the update.
  public var previousGroup: GroupId
  /// The group after the update; `nil` if the file has no extents left, and so there are no regions.
  ///
  /// It is another one if the group's leader had to go, or if a region got a lower number.
  public var group: GroupId?
  /// The members that stayed, with their counters.
  public var kept: RegionIds
  /// The members that no longer lay inside of the file, and were deleted.
  public var deleted: RegionIds
  /// The regions that were created, in the order of the file.
  public var created: [CreatedRegion]
  /// The number of extents that the file has.
  public var extentCount: Int

  /// A region that was created.
  public struct CreatedRegion: Hashable, Sendable {
    /// The number of the region.
    public var id: RegionId
    /// The sectors.
    public var range: SectorRange
  }

  /// Whether nothing had to be done.
  public var isEmpty: Bool { deleted.isEmpty && created.isEmpty }
}
