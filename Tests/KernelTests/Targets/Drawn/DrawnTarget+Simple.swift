import DeviceMapperTargets

/// Targets that keep nothing.
extension DrawnTarget {
  static let simple: [DrawnTarget] = [
    DrawnTarget(.linear) { draw in
      .linear(LinearTargetParams(device: draw.leg(), start: draw.start()))
    },
    DrawnTarget(.striped) { draw in
      let chunk = draw.number(1...UInt64(512))
      let count = draw.number(1...UInt64(8))
      let length = chunk * draw.number(1...(Legs.length.rawValue / 2 / chunk))
      let stripes = (0..<count).map { _ in
        StripedTargetParams.Stripe(
          device: draw.leg(), start: draw.sectors(0...(Legs.length.rawValue - length)))
      }
      return TargetLine(
        start: 0, length: Sectors(rawValue: count * length),
        .striped(
          try StripedTargetParams(chunkSize: Sectors(rawValue: chunk), stripes: stripes)))
    },
    DrawnTarget(.zero) { _ in .zero(ZeroTargetParams()) },
    DrawnTarget(.error) { draw in
      let model = draw.maybe {
        ErrorTargetParams.Model(device: $0.leg(), start: $0.start())
      }
      return .error(ErrorTargetParams(model: model))
    },
    DrawnTarget(.delay) { draw in
      func route(_ draw: inout Draw) -> DelayTargetParams.Route {
        DelayTargetParams.Route(device: draw.leg(), start: draw.start(), delay: draw.number())
      }
      return .delay(
        try DelayTargetParams(
          read: route(&draw), write: draw.maybe(route), flush: draw.maybe(route)))
    },
    DrawnTarget(.flakey) { draw in
      .flakey(
        try FlakeyTargetParams(
          device: draw.leg(), start: draw.start(), up: draw.number(), down: draw.number(),
          features: draw.flakeyFeatures()))
    },
    DrawnTarget(.dust) { draw in
      .dust(
        try DustTargetParams(
          device: draw.leg(), start: draw.start(), blockSize: UInt32(draw.powerOfTwo(9...22))))
    },
    DrawnTarget(.unstriped) { draw in
      let count: UInt32 = draw.number(1...64)
      return .unstriped(
        try UnstripedTargetParams(
          stripeCount: count, chunkSize: Sectors(rawValue: draw.powerOfTwo(0...13)),
          stripe: draw.number(0...(count - 1)), device: draw.leg(), start: draw.start()))
    },
    DrawnTarget(.switch) { draw in
      let paths = (0..<draw.number(1...40)).map { _ in
        SwitchTargetParams.Path(device: draw.leg(), start: draw.start())
      }
      return .switch(
        try SwitchTargetParams(regionSize: draw.sectors(1...0xffff_ffff), paths: paths))
    },
    DrawnTarget(.logWrites) { draw in
      let legs = draw.legs(2)
      return .logWrites(LogWritesTargetParams(device: legs[0], logDevice: legs[1]))
    },
  ]

  static let new: [DrawnTarget] = [
    DrawnTarget(.ebs) { draw in
      let underlying = draw.maybe { Sectors(rawValue: $0.powerOfTwo(0...4)) }
      return .ebs(
        try EbsTargetParams(
          device: draw.leg(), start: draw.start(),
          emulatedBlockSize: Sectors(rawValue: draw.powerOfTwo(0...3)),
          underlyingBlockSize: underlying))
    },
    DrawnTarget(.inlinecrypt) { draw in
      var features = InlinecryptFeatures()
      features.allowsDiscards = draw.chance()
      features.sectorSize = draw.one(of: 512, 1024, 2048, 4096)
      return .inlinecrypt(
        try InlinecryptTargetParams(
          key: draw.key(64), ivOffset: draw.sectors(0...(1 << 40)), device: draw.leg(),
          start: draw.start(), features: features))
    },
  ]
}

extension Draw {
  fileprivate mutating func flakeyFeatures() throws -> FlakeyFeatures {
    let corruption = try maybe { draw in
      try FlakeyFeatures.Corruption(
        byte: draw.number(1...UInt32.max), direction: draw.any(), value: draw.number(),
        flags: draw.number())
    }
    let probabilities = FlakeyFeatures.probabilities
    return try FlakeyFeatures(
      failsReads: kernel.isNew && chance(), writes: maybe { $0.any() }, corruption: corruption,
      randomReadCorruption: kernel.isNew && chance() ? number(probabilities) : 0,
      randomWriteCorruption: kernel.isNew && chance() ? number(probabilities) : 0)
  }
}
