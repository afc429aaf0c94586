import DeviceMapper
import DeviceMapperTargets
import Glibc
import SystemPackage
import TestSupport
import Testing

/// Steps that many tests share.
extension DM {
  /// Creates a device of an error target, resumed.
  @discardableResult
  func makeErrorDevice(
    _ suffix: String, uuid: DmUuid? = nil, length: Sectors = 1024
  ) async throws -> DeviceInfo {
    try await make(suffix, uuid: uuid, TargetTable(length: length, .error(ErrorTargetParams())))
  }

  /// Creates a device with a table, resumed, which is private to the tests.
  @discardableResult
  func make(
    _ suffix: String, uuid: DmUuid? = nil, _ table: TargetTable<AnyTarget>
  ) async throws -> DeviceInfo {
    _ = try deviceCreate(.test(suffix), uuid: uuid)
    try tableLoad(.test(suffix), table)
    try await deviceResume(.test(suffix), options: .privateDevice)
    return try deviceInfo(.test(suffix))
  }
}

/// Makes sure that an operation fails as the kernel's interface says.
func expect(
  _ errno: Errno, from command: DmCommand, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () async throws -> Void
) async {
  let error = await #expect(throws: DmError.self, sourceLocation: sourceLocation) {
    try await body()
  }
  #expect(error?.errno == errno, sourceLocation: sourceLocation)
  #expect(error?.command == command, sourceLocation: sourceLocation)
}

/// Whether a read of the descriptor would not wait.
func isReadable(_ descriptor: FileDescriptor, within milliseconds: Int32 = 0) -> Bool {
  var entry = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
  return unsafe poll(&entry, 1, milliseconds) == 1
}

/// Opens the node of a device, which keeps the device from being removed.
func open(
  _ device: Device, _ mode: FileDescriptor.AccessMode = .readOnly
) throws -> FileDescriptor {
  try FileDescriptor.open(device.devnode, mode, options: [.closeOnExec])
}

extension DeviceInfo {
  /// The number of the device, which every reply about a device has.
  func number() throws -> Device { try #require(device) }
}
