import ArgumentParser
import DeviceMapper
import DeviceMapperTargets
import SystemPackage

@main
struct DeviceTree: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device-tree",
    abstract: "Draws what device-mapper devices stand on, and what stands on a device.")

  @Argument(help: "A device: its name, or a path such as /dev/sda. Without it, all are drawn.")
  var device: String?

  func run() throws {
    let graph = try DM().deviceGraph()
    guard let device else {
      print(graph)
      return
    }
    let node =
      device.hasPrefix("/")
      ? try graph.node(at: FilePath(device)) : graph[.name(try DmName(device))]
    guard let node else {
      print("No device-mapper device is \(device) or stands on it.")
      throw ExitCode.failure
    }
    print(graph.tree(of: node.device))
    let above = graph.standing(on: node.device)
    if above.isEmpty { return }
    print("\nWhat stands on it, in the order in which it could be removed:")
    for node in above { print("  \(node.title)") }
  }
}
