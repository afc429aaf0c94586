// What the README shows, as a program. Both disks are overwritten.
import DeviceMapper
import DeviceMapperTargets
import Glibc

guard CommandLine.arguments.count == 3,
  let metadataDisk = DeviceReference(CommandLine.arguments[1]),
  let dataDisk = DeviceReference(CommandLine.arguments[2])
else {
  print("usage: readme METADATA_DISK DATA_DISK")
  exit(2)
}

do {
  try await provision(metadataDisk, dataDisk)
  try await adopt()
} catch {
  print(error)
  exit(1)
}

/// Makes a thin pool of two disks, a volume in it and a snapshot of the volume.
func provision(_ metadataDisk: DeviceReference, _ dataDisk: DeviceReference) async throws {
  let dm = try DM()

  // Two disks become a thin pool of 64 KiB blocks, with an event when 512 blocks are left,
  let pool = try await ThinPoolDev.create(
    dm, "tank",
    ThinPoolTargetParams(
      metadataDevice: metadataDisk, dataDevice: dataDisk,
      dataBlockSize: Sectors("64 KiB"), lowWaterMark: 512))
  // with a volume in it that is larger than the disks, and a snapshot of the volume.
  let home = try await ThinDev.create(
    dm, "home", pool: pool, thinId: 0, length: Sectors("1 TiB"))
  let monday = try await home.snapshot("home-monday", pool: pool, thinId: 1)

  if case .working(let status) = try pool.status() {
    print("\(status.data.free) free of \(status.data.total), \(status.mode)")
  }
  print("\(try home.devnode()) has \(try home.size().iec), \(try pool.status().health)")
  _ = monday
}

/// Finds the devices by their names, changes one and removes all.
func adopt() async throws {
  let dm = try DM()
  for device in try dm.listDevices() {
    print(device.name, device.device, try dm.table(.name(device.name)).parsed(as: AnyTarget.self))
  }
  let pool = try ThinPoolDev.open(dm, "tank")
  try await pool.setNoSpacePolicy(.error)

  try await ThinDev(dm, "home-monday").destroy(pool: pool)
  try await ThinDev(dm, "home").destroy(pool: pool)
  try await pool.remove()
}
