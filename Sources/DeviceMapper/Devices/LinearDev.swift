public import DeviceMapperTargets

/// A device of linear segments, some of which may be flakey for tests.
///
/// Such a device is usually a part of another one: create it with ``DmOptions/privateDevice``.
public typealias LinearDev = DmDevice<LinearDevTargetParams>
