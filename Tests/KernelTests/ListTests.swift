import DeviceMapper
import DeviceMapperTargets
import TestSupport
import Testing

extension OnKernel {
  @Suite(.kernel(.error)) struct Lists {
    let dm: DM

    init() throws { dm = try DM() }

    @Test func `a kernel without devices of tests lists none`() throws {
      #expect(try TestDevices.left().isEmpty)
    }

    @Test func `a device is listed once, with number, event number and uuid`() throws {
      let info = try dm.deviceCreate(.test("one"), uuid: "swift-test-uuid")
      let listed = try TestDevices.left()
      #expect(listed.map(\.name) == [.test("one")])
      #expect(listed.map(\.device) == [try info.number()])
      #expect(listed.map(\.eventNumber) == [0])
      #expect(listed.map(\.uuid) == ["swift-test-uuid"])
    }

    @Test func `a device without uuid is listed without`() throws {
      _ = try dm.deviceCreate(.test("one"))
      #expect(try TestDevices.left().map(\.uuid) == [nil])
    }

    @Test(.kernel(.multipath))
    func `the event number in the list is that of the device`() async throws {
      let device = try await dm.makeEventSource("one")
      for _ in 0..<2 { try await device.raiseEvent() }
      #expect(try dm.deviceInfo(.test("one")).eventNumber >= 2)
      // The kernel may send another event for the path that works again, a moment later.
      let areEqual = try await eventually {
        try TestDevices.left().map(\.eventNumber) == [dm.deviceInfo(.test("one")).eventNumber]
      }
      #expect(areEqual)
    }

    @Test func `one command tells whether a device exists`() throws {
      #expect(try !dm.deviceExists(.test("one")))
      let info = try dm.deviceCreate(.test("one"), uuid: "swift-test-uuid")
      #expect(try dm.deviceExists(.test("one")))
      #expect(try dm.deviceExists(.uuid("swift-test-uuid")))
      #expect(try dm.deviceExists(.device(try info.number())))
      #expect(try !dm.deviceExists(.uuid("swift-test-other")))
    }
  }
}
