// Prints what happens to device-mapper devices, as it happens:
//
//     watch-events [COUNT]
//
// Ends after COUNT events, or with Ctrl-C. Try it while something goes on:
//
//     Scripts/dm-sandbox -- sh -c 'watch-events 4 & dmsetup create … ; wait'
import DeviceMapper
import DeviceMapperTargets
import Foundation

let count = CommandLine.arguments.dropFirst().first.map { Int($0) } ?? .max
guard let count, count > 0 else {
  FileHandle.standardError.write(Data("usage: watch-events [COUNT]\n".utf8))
  exit(2)
}

do {
  let dm = try DM()
  let events = try await dm.events()
  print("watching \(try dm.listDevices().count) devices")
  fflush(nil)
  var left = count
  for try await event in events {
    print(event)
    fflush(nil)
    left -= 1
    if left == 0 { break }
    // What to do about it is a matter of the kind and of the typed status.
    if event.kind == .thinLowWater, case .thinPool(.working(let pool)) = event.target?.status {
      print("  \(pool.data.free.rawValue) blocks are left, time to extend \(event.device.name)")
    }
  }
} catch {
  FileHandle.standardError.write(Data("watch-events: \(error)\n".utf8))
  exit(1)
}
