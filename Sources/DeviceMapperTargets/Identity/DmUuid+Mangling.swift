extension DmUuid {
  /// The uuid that libdevmapper gives the kernel for this one.
  ///
  /// - Throws: `NameManglingError`; never with ``NameMangling/none``.
  public func mangled(_ mangling: NameMangling = .auto) throws(NameManglingError) -> DmUuid {
    DmUuid(storage: try storage.mangled(mangling))
  }

  /// The uuid that libdevmapper shows for this one, the kernel's.
  ///
  /// - Throws: `NameManglingError`; never with ``NameMangling/none``.
  public func unmangled(_ mangling: NameMangling = .auto) throws(NameManglingError) -> DmUuid {
    DmUuid(storage: try storage.unmangled(mangling))
  }
}
