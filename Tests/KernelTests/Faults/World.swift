import DeviceMapper
import DeviceMapperTargets
import TestSupport

/// All that an operation could leave behind, to be compared with what there was before it.
struct World: Equatable, CustomStringConvertible {
  /// What can be seen of a device.
  struct State: Equatable {
    var uuid: DmUuid?
    var isSuspended: Bool
    var isLoaded: Bool
    var table: [TargetLine<VerbatimTarget>]
  }

  var devices: [DmName: State] = [:]
  var semaphores: [String]

  init(_ dm: DM) throws {
    semaphores = try Leaks.semaphores()
    for listed in try TestDevices.left() {
      let info = try dm.deviceInfo(.name(listed.name))
      devices[listed.name] = State(
        uuid: info.uuid, isSuspended: info.isSuspended, isLoaded: info.hasInactiveTable,
        table: try dm.table(.name(listed.name)).lines)
    }
  }

  var description: String {
    let lines = devices.map { name, state in
      var words = ["\(name):"]
      if state.isSuspended { words.append("suspended,") }
      if state.isLoaded { words.append("loaded,") }
      return (words + state.table.map(\.description)).joined(separator: " ")
    }
    return (lines.sorted() + semaphores.map { "semaphore \($0)" }).joined(separator: "; ")
  }

  /// The world with what an error says is left of an operation.
  func with(_ left: [DmError.Leftover], of now: World) -> World {
    var world = self
    for item in left {
      switch item {
      case .device(let name, _): world.devices[name] = now.devices[name]
      case .suspended(let name, _):
        // A device of which nothing can be learned may be suspended or not.
        if now.devices[name]?.isSuspended == true { world.devices[name]?.isSuspended = true }
      case .inactiveTable(let name, _): world.devices[name]?.isLoaded = true
      case .removed(let name, _): world.devices[name] = nil
      case .thinDevice, .policy, .replacedTable: break
      }
    }
    return world
  }
}
