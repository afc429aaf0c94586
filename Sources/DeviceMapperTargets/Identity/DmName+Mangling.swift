extension DmName {
  /// The name that libdevmapper gives the kernel for this one.
  ///
  /// - Throws: `NameManglingError`; never with ``NameMangling/none``.
  public func mangled(_ mangling: NameMangling = .auto) throws(NameManglingError) -> DmName {
    DmName(storage: try storage.mangled(mangling))
  }

  /// The name that libdevmapper shows for this one, the kernel's.
  ///
  /// - Throws: `NameManglingError`; never with ``NameMangling/none``. A program that lists devices
  ///   shows such a name as it is, so that one odd name doesn't hide the others.
  public func unmangled(_ mangling: NameMangling = .auto) throws(NameManglingError) -> DmName {
    DmName(storage: try storage.unmangled(mangling))
  }
}
