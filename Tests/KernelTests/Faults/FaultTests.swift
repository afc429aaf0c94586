import DeviceMapper
import DeviceMapperTargets
import SystemPackage
import TestSupport
import Testing

extension OnKernel {
  /// Every command of every operation fails once, alone or with all that follow.
  @Suite(.kernel(.linear, .thinPool, .thin, .cache, .snapshot)) struct FailedSteps {
    let dm: DM

    init() throws { dm = try DM() }

    @Test(arguments: Operation.all)
    func `a failed command is told, and all before it is undone`(operation: Operation) async throws
    {
      let prepared = try await operation.prepare(dm)
      let before = try World(dm)
      var number = 0
      // The last number is that of no command, and the operation succeeds.
      while let error = try await failure(of: prepared, .failing(number)) {
        try #require(error.errno == .ioError, "command \(number)")
        #expect(error.notUndone == [], "command \(number)")
        try #require(World(dm) == before, "command \(number)")
        number += 1
      }
      #expect(number > 0)
    }

    // udev hears nothing of commands that never reach the kernel.
    @Test(.withoutUdev, arguments: Operation.all)
    func `what can't be undone is told`(operation: Operation) async throws {
      for number in 0... {
        let prepared = try await operation.prepare(dm)
        let before = try World(dm)
        guard let error = try await failure(of: prepared, .failing(from: number)) else { break }
        let after = try World(dm)
        #expect(error.errno == .ioError, "command \(number)")
        #expect(after == before.with(error.notUndone, of: after), "command \(number)")
        try await TestDevices.removeAll()
      }
    }

    /// Carries out the operation as planned.
    ///
    /// - Returns: What it threw, or `nil` if it succeeded.
    private func failure(
      of prepared: Operation.Prepared, _ plan: Faults.Plan
    ) async throws -> DmError? {
      do { try await Faults.watching(dm, plan) { try await prepared.body() } } catch {
        let error = try #require(error as? DmError)
        if let (pool, id) = prepared.thin {
          // The same id can be taken again unless the error says that it is left.
          let isTold = error.notUndone.contains {
            if case .thinDevice(id, pool: pool.name, _) = $0 { true } else { false }
          }
          let isTaken = (try? pool.send(.createThin(id))) == nil
          #expect(isTaken == isTold)
          if !isTaken { try pool.send(.delete(id)) }
        }
        return error
      }
      return nil
    }

    enum Part: CaseIterable { case data, metadata }

    @Test(.withoutUdev, arguments: Part.allCases)
    func `an extension that failed half-way is finished by calling again`(
      part: Part
    ) async throws {
      let parts = try await TestPool(dm)
      var (length, number) = (8192 as Sectors, 0)
      func extend() async throws {
        switch part {
        case .data: try await parts.extendData(to: length * 2)
        case .metadata:
          try await parts.pool.extendMetadata(
            parts.metadata, to: .range(of: parts.disks.0, length: length))
        }
      }
      while true {
        length += 8192
        do { try await Faults.watching(dm, .failing(number)) { try await extend() } } catch {
          #expect((error as? DmError)?.notUndone == [])
          try await extend()
          #expect(
            try part == .data
              ? parts.working().data.total.rawValue == length / 64
              : parts.working().metadata.total.rawValue == length / 8)
          number += 1
          continue
        }
        break
      }
      #expect(number > 0)
    }

    @Test func `a cache that couldn't be flushed has its policy again`() async throws {
      let parts = try await TestCache(dm, mode: .writeback)
      for plan in [
        .failing(.tableLoad, 0), .failing(.tableLoad, 1), .failing(.deviceSuspend, 1),
      ] as [Faults.Plan] {
        for _ in 0..<40 where try parts.working().performance.dirty == 0 {
          try parts.cache.write("a", count: 4)
        }
        try #require(try parts.working().performance.dirty > 0)
        let error = try await #require(throws: DmError.self) {
          try await Faults.watching(dm, plan) { try await parts.cache.flush() }
        }
        #expect(error.errno == .ioError)
        #expect(error.notUndone == [])
        #expect(try parts.cache.parameters().policy.name == .smq)
      }
    }
  }
}
