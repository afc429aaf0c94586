// Provisions a thin pool on two disks that may be overwritten, and shows what happens to it:
//
//     thin-provisioning METADATA_DISK DATA_DISK
//
// In the sandbox the disks are memory: Scripts/dm-sandbox --disk 16M --disk 128M -- thin-provisioning
import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
let offered = ProcessInfo.processInfo.environment["DM_SANDBOX_DISKS"]?.split(separator: " ") ?? []
let disks = arguments.isEmpty ? offered.map(String.init) : arguments
guard disks.count == 2 else {
  FileHandle.standardError.write(
    Data("usage: thin-provisioning METADATA_DISK DATA_DISK   (both are overwritten)\n".utf8))
  exit(2)
}
do {
  var story = try Story(metadataDisk: disks[0], dataDisk: disks[1])
  try await story.tell()
} catch {
  FileHandle.standardError.write(Data("thin-provisioning: \(error)\n".utf8))
  exit(1)
}
