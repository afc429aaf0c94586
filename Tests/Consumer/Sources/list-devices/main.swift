import DeviceMapper

// Needs the right to open /dev/mapper/control; says why if it can't.
do {
  for device in try DM().listDevices() { print(device.name, device.device) }
} catch {
  print(error)
}
