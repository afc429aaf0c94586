@testable import DeviceMapper
import DeviceMapperTargets
import Mutations
import Testing

struct DeviceStatesTests {
  private var kernel = FakeKernel()
  private var states = DeviceStates(EventOptions())

  private mutating func look() -> [DmEvent.Kind] { states.look(at: &kernel).map(\.kind) }

  private mutating func begin() { _ = states.begin(kernel.list, kernel.read) }

  private func status(_ letters: String) throws -> AnyStatus {
    try FakeKernel.status("\(letters) 8/8")
  }

  @Test mutating func `the baseline is no news unless it is wanted`() throws {
    kernel.create("a", status: try status("AD"))
    #expect(states.begin(kernel.list, kernel.read) == [])
    #expect(look() == [])
    var other = DeviceStates(EventOptions(reportsInitialState: true))
    #expect(
      other.begin(kernel.list, kernel.read).map(\.kind) == [.deviceAppeared, .raidDegraded])
  }

  @Test mutating func `a device appears, gets a table, changes it and vanishes`() throws {
    begin()
    kernel.create("a")
    #expect(look() == [.deviceAppeared])
    kernel.load(0, try status("AA"))
    #expect(look() == [.deviceTableChanged])
    _ = kernel.drain()
    #expect(look() == [])
    kernel.load(0, try status("AD"))
    #expect(look() == [.deviceTableChanged, .raidDegraded])
    kernel.remove(0)
    #expect(look() == [.deviceVanished])
  }

  @Test mutating func `an event of a target has both statuses`() throws {
    kernel.create("a", uuid: "u", status: try status("AA"))
    begin()
    kernel.event(0, try status("AD"))
    kernel.event(0, try status("AD"))
    let events = states.look(at: &kernel)
    #expect(events.count == 1)
    #expect(events.first?.kind == .raidDegraded)
    #expect(events.first?.delta == 2)
    #expect(events.first?.device.eventNumber == 2)
    #expect(events.first?.target?.status == (try status("AD")))
    #expect(events.first?.target?.previous == (try status("AA")))
    #expect(events.first?.target?.parts == ["1"])
  }

  @Test(arguments: [DmUuid?.none, "u"])
  mutating func `a renamed device is the same one`(uuid: DmUuid?) throws {
    kernel.create("a", uuid: uuid, status: try status("AA"))
    begin()
    kernel.rename(0, "b")
    let events = states.look(at: &kernel)
    #expect(events.map(\.kind) == [.deviceRenamed])
    #expect(events.first?.previousName == "a")
    #expect(events.first?.device.name == "b")
  }

  @Test mutating func `a device without a table can't be told from another by its name`() throws {
    kernel.create("a")
    begin()
    kernel.rename(0, "b")
    #expect(look() == [.deviceVanished, .deviceAppeared])
    kernel.remove(0)
    kernel.create("c")
    #expect(look() == [.deviceVanished, .deviceAppeared])
  }

  @Test mutating func `a device that gets a uuid is the same one`() throws {
    kernel.create("a", status: try status("AA"))
    begin()
    kernel.setUuid(0, "u")
    #expect(look() == [])
    kernel.event(0, try status("AD"))
    #expect(look() == [.raidDegraded])
  }

  @Test(
    arguments: [
      ("b", nil, nil), ("a", nil, "u"), ("a", "u", nil), ("a", "u", "v"), ("b", "u", "v"),
    ] as [(DmName, DmUuid?, DmUuid?)])
  mutating func `another device with the number of one that is gone is another`(
    name: DmName, before: DmUuid?, after: DmUuid?
  ) throws {
    kernel.create("a", uuid: before, status: try status("AD"))
    begin()
    kernel.remove(0)
    kernel.create(name, uuid: after, status: try status("AD"))
    for _ in 0..<3 { kernel.event(0, try status("AD")) }
    #expect(look() == [.deviceVanished, .deviceAppeared, .raidDegraded])
  }

  @Test mutating func `a lower event number is another device's`() throws {
    kernel.create("a", uuid: "u", status: try status("AA"))
    kernel.event(0, try status("AA"))
    begin()
    kernel.remove(0)
    kernel.create("a", uuid: "u", status: try status("AA"))
    #expect(look() == [.deviceVanished, .deviceAppeared])
  }

  @Test mutating func `two names are exchanged`() throws {
    kernel.create("a", uuid: "u", status: try status("AA"))
    kernel.create("b", uuid: "v", status: try status("AA"))
    begin()
    kernel.rename(0, "c")
    kernel.rename(1, "a")
    kernel.rename(0, "b")
    let events = states.look(at: &kernel)
    #expect(events.map(\.kind) == [.deviceRenamed, .deviceRenamed])
    #expect(Set(events.map { "\($0.previousName ?? "x")→\($0.device.name)" }) == ["a→b", "b→a"])
  }

  @Test mutating func `announcements that are missing have every device read`() throws {
    kernel.create("a", status: try status("AA"))
    begin()
    kernel.load(0, try status("AA"))
    _ = kernel.drain()
    let now = kernel
    #expect(
      states.update(now.list, HeardUevents(isIncomplete: true), now.read).map(\.kind)
        == [.deviceTableChanged])
  }

  @Test mutating func `a device that can't be read is read at the next look`() throws {
    kernel.create("a", status: try status("AA"))
    begin()
    kernel.event(0, try status("AD"))
    let now = kernel
    let refuse: DeviceStates.Read = { (_, _) throws(DmError) in throw DmError(.refused) }
    #expect(states.update(now.list, HeardUevents(), refuse) == [])
    #expect(look() == [.raidDegraded])
  }

  @Test func `only what is wanted is read and delivered`() throws {
    var kernel = FakeKernel()
    kernel.create("a", uuid: "LVM-1", status: try status("AA"))
    kernel.create("b", uuid: "other", status: try status("AA"))
    var states = DeviceStates(
      EventOptions(families: [.raid]) { !($0.uuid?.description.hasPrefix("LVM-") ?? false) })
    _ = states.begin(kernel.list, kernel.read)
    kernel.event(0, try status("AD"))
    kernel.event(1, try status("AD"))
    kernel.create("c", status: try status("AA"))
    #expect(states.look(at: &kernel).map(\.device.name) == ["b"])

    var thin = DeviceStates(EventOptions(families: [.thin]))
    _ = thin.begin(kernel.list, kernel.read)
    kernel.event(1, try status("DD"))
    let list = kernel.list
    _ = thin.update(list, HeardUevents()) { (device, _) throws(DmError) in
      Issue.record("\(device) has no pool and was read")
      throw DmError(.refused)
    }
  }

  @Test mutating func `silent targets are asked only when that is wanted`() throws {
    kernel.create("a", status: .dust(try DustStatus(parsing: "1:0 bypass verbose")))
    begin()
    #expect(states.hasSilentTargets)
    var changed = kernel
    changed.load(0, .dust(try DustStatus(parsing: "1:0 fail_read_on_bad_block verbose")))
    _ = changed.drain()
    #expect(states.update(changed.list, HeardUevents(), changed.read) == [])
    let events = states.update(changed.list, HeardUevents(), asksSilent: true, changed.read)
    #expect(events.map(\.kind) == [.dustEnabled])
  }

  /// What a consumer makes of the events is what the kernel has, whatever happened in which order and
  /// wherever in a look.
  @Test(arguments: 0..<64)
  func `a consumer ends up with what there is`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var kernel = FakeKernel()
    let letters = ["AA", "AD", "DA", "DD"]
    let statuses = try letters.map { try FakeKernel.status("\($0) 8/8") }
    func disturb() {
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let index = kernel.entries.indices.randomElement(using: &random)
        let status = statuses.randomElement(using: &random)
        let name = DmName(stringLiteral: "n\(UInt8.random(in: 0...9, using: &random))")
        let isFree = !kernel.entries.contains { $0.listed.name == name }
        let uuid = DmUuid(stringLiteral: "u\(UInt32.random(in: 0...(.max), using: &random))")
        switch Int.random(in: 0...6, using: &random) {
        case 0 where isFree: kernel.create(name)
        case 1 where isFree: kernel.create(name, uuid: uuid, status: status)
        case 2: if let index { kernel.remove(index) }
        case 3 where isFree: if let index { kernel.rename(index, name) }
        case 4: if let index, let status { kernel.load(index, status) }
        case 5:
          if let index, kernel.entries[index].listed.uuid == nil { kernel.setUuid(index, uuid) }
        default:
          if let index, let status, kernel.entries[index].table != nil {
            kernel.event(index, status)
          }
        }
      }
    }

    disturb()
    var states = DeviceStates(EventOptions(reportsInitialState: true))
    var consumer = Consumer()
    consumer.take(states.begin(kernel.list, kernel.read))
    for _ in 0..<200 {
      disturb()
      let heard = kernel.drain()
      disturb()
      let list = kernel.list
      disturb()
      consumer.take(
        states.update(list, heard) { (device, needsTable) throws(DmError) in
          disturb()
          return try kernel.read(device, needsTable)
        })
    }
    // The last disturbance made the descriptor readable.
    consumer.take(states.look(at: &kernel))
    let names = kernel.entries.map { ($0.listed.device, $0.listed.name) }
    #expect(consumer.names == Dictionary(uniqueKeysWithValues: names))
    for entry in kernel.entries {
      #expect(states[entry.listed.device]?.targets.map(\.status) == entry.status.map { [$0] } ?? [])
    }
    #expect(states.look(at: &kernel) == [])
  }

  /// Who knows only what the events say.
  private struct Consumer {
    var names: [Device: DmName] = [:]

    mutating func take(_ events: [DmEvent]) {
      for event in events {
        let device = event.device.device
        switch event.kind {
        case .deviceAppeared:
          #expect(names[device] == nil)
          names[device] = event.device.name
        case .deviceVanished:
          #expect(names[device] != nil)
          names[device] = nil
        case .deviceRenamed:
          #expect(names[device] == event.previousName)
          names[device] = event.device.name
        default: #expect(names[device] == event.device.name)
        }
      }
    }
  }
}
