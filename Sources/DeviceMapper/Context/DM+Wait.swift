extension DM {
  /// Waits until something has happened to a device, and returns its status.
  ///
  /// What `DM_DEV_WAIT` does, without a thread that waits in the kernel: the call waits on a descriptor
  /// of its own (`DM_DEV_ARM_POLL`, kernel 4.14) and looks at the device's event number each time that
  /// anything happens to any device. It returns at once if the number isn't the given one.
  ///
  /// - Parameters:
  ///   - id: The device.
  ///   - eventNumber: The number of events that the caller knows of; see ``DeviceInfo/eventNumber``.
  ///   - options: As for ``tableStatus(_:options:)``.
  /// - Throws: ``DmError`` with ``DmError/Code/cancelled`` if the task is cancelled, with `ENXIO` if the
  ///   device goes away.
  public func deviceWait(
    _ id: DevId, after eventNumber: UInt32, options: DmOptions = DmOptions(flags: .noFlush)
  ) async throws(DmError) -> TableStatus {
    try check(options, for: .deviceWait)
    // Opened before the first look, so that nothing is missed between that and the wait.
    let watch = try DM()
    while try deviceInfo(id).eventNumber == eventNumber {
      try await Readiness.wait(for: watch.controlDescriptor)
      // Armed before the next look, for the same reason.
      try watch.armPoll()
    }
    return try tableStatus(id, options: options)
  }
}
