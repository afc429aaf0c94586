public import DeviceMapperTargets

/// One device that is reached over several paths.
///
/// Paths fail and come back by ``DeviceMapperTargets/MultipathMessage``, which ``DmDevice/send(_:)``
/// sends; the kernel refuses it while the device is suspended.
public typealias MultipathDev = DmDevice<MultipathTargetParams>
