import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

/// Devices of 8 MiB each, or of another length, on one disk, of zeroes at their beginning, for targets to stand on.
///
/// As they are devices of device-mapper themselves, each can be made slow, and can be made to fail.
struct Legs {
  static let length: Sectors = 16384

  let dm: DM
  let length: Sectors
  let disk: TestDisk
  let devices: [LinearDev]
  let numbers: [Device]

  init(_ dm: DM, count: Int = 4, length: Sectors = Self.length) async throws {
    self.dm = dm
    self.length = length
    disk = try await TestDisk.two().0
    var devices: [LinearDev] = []
    var numbers: [Device] = []
    for index in 0..<count {
      let leg = try await LinearDev.create(
        dm, .test("leg\(index)"), table: Self.table(on: disk, index, length),
        options: .privateDevice)
      try Self.zero(try leg.devnode())
      devices.append(leg)
      numbers.append(try leg.device())
    }
    self.devices = devices
    self.numbers = numbers
  }

  private static func table(
    on disk: TestDisk, _ index: Int, _ length: Sectors
  ) throws -> LinearDevTargetTable {
    try TargetTable(
      length: length,
      .linear(
        LinearTargetParams(
          device: .number(disk.device), start: Sectors(rawValue: UInt64(index) * length.rawValue)))
    )
  }

  /// Lets the legs begin with zeroes again.
  func zero() throws { for number in numbers { try Self.zero(number.devnode) } }

  private static func zero(_ path: FilePath) throws {
    let file = try FileDescriptor.open(path, .writeOnly, options: [.closeOnExec])
    _ = try file.closeAfter { try file.writeAll([UInt8](repeating: 0, count: 1 << 16)) }
  }

  /// Text with the legs' numbers in the places of `{0}`, `{1}` and so on.
  func numbered(_ text: String) -> String {
    numbers.indices.reduce(text) { text, index in
      text.replacing("{\(index)}", with: "\(numbers[index])")
    }
  }

  /// Makes every request to a leg fail from now on.
  func fail(_ index: Int) async throws {
    try await replace(index, .error(ErrorTargetParams()))
  }

  /// Makes every write to a leg fail from now on.
  func failWrites(_ index: Int) async throws {
    try await replace(
      index,
      .flakey(
        FlakeyTargetParams(
          device: .number(disk.device), start: start(index), up: 0, down: 3600,
          features: FlakeyFeatures(writes: .error))))
  }

  /// Makes every request to a leg take a while.
  func slow(_ index: Int, milliseconds: UInt32 = 100) async throws {
    let route = DelayTargetParams.Route(
      device: .number(disk.device), start: start(index), delay: milliseconds)
    try await replace(index, .delay(DelayTargetParams(read: route)))
  }

  /// Makes a leg as it was.
  func heal(_ index: Int) async throws {
    try await replace(
      index, .linear(LinearTargetParams(device: .number(disk.device), start: start(index))))
  }

  private func start(_ index: Int) -> Sectors {
    Sectors(rawValue: UInt64(index) * Self.length.rawValue)
  }

  private func replace(_ index: Int, _ target: AnyTarget) async throws {
    let id = devices[index].id
    try dm.tableLoad(id, TargetTable(length: length, target))
    try await dm.deviceResume(
      id, options: DmOptions(flags: .noFlush, cookie: .privateDevice))
  }
}
