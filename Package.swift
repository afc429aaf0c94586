// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "swift-devicemapper",
  products: [
    .library(name: "DeviceMapper", targets: ["DeviceMapper"]),
    .executable(name: "dmevent_tool", targets: ["dmevent_tool"]),
    .library(name: "DeviceMapperTargets", targets: ["DeviceMapperTargets"]),
    .library(name: "FilemapStats", targets: ["FilemapStats"]),
    .executable(name: "dm-status-json", targets: ["dm-status-json"]),
    .executable(name: "dmfilemapd", targets: ["dmfilemapd"]),
  ],
  dependencies: [
    // The command lines of programs.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
    // Descriptors, paths and error numbers.
    .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
    // The programs that examples run: file systems are made by mkfs.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .target(
      name: "DeviceMapperTargets",
      swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    .systemLibrary(
      name: "CDeviceMapper", pkgConfig: "devmapper", providers: [.apt(["libdevmapper-dev"])]),
    .target(
      name: "DeviceMapper",
      dependencies: [
        "DeviceMapperTargets", "CDeviceMapper",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "FilemapStats",
      dependencies: [
        "DeviceMapper", "DeviceMapperTargets", "CDeviceMapper",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    .executableTarget(
      name: "dmfilemapd",
      dependencies: [
        "CDeviceMapper", "DeviceMapper", "DeviceMapperTargets", "FilemapStats",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      exclude: ["System"]),
    .testTarget(
      name: "FilemapStatsTests",
      dependencies: ["DeviceMapperTargets", "FilemapStats", "Mutations"]),
    .executableTarget(
      name: "thin-provisioning",
      dependencies: [
        "DeviceMapper", "DeviceMapperTargets",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Examples/thin-provisioning"),
    .executableTarget(
      name: "readme", dependencies: ["DeviceMapper", "DeviceMapperTargets"],
      path: "Examples/readme"),
    .executableTarget(
      name: "dmevent_tool",
      dependencies: [
        "DeviceMapper", "DeviceMapperTargets",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      exclude: ["System"]),
    .executableTarget(
      name: "verity-image",
      dependencies: [
        "DeviceMapper", "DeviceMapperTargets",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Examples/verity-image"),
    .executableTarget(
      name: "file-latency",
      dependencies: [
        "DeviceMapper", "DeviceMapperTargets", "FilemapStats",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Examples/file-latency"),
    .executableTarget(
      name: "watch-events", dependencies: ["DeviceMapper", "DeviceMapperTargets"],
      path: "Examples/watch-events"),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "DeviceMapper", "DeviceMapperTargets",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .executableTarget(
      name: "dm-status-json",
      dependencies: [
        "DeviceMapper", "DeviceMapperTargets",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Examples/dm-status-json", exclude: ["README.md"]),
    .testTarget(
      name: "DeviceMapperTargetsTests", dependencies: ["DeviceMapperTargets", "Mutations"]),
    .testTarget(
      name: "DeviceMapperTests",
      dependencies: [
        "DeviceMapper", "DeviceMapperTargets", "Mutations",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "KernelTests",
      dependencies: [
        "cache-tier", "device-tree", "integrity-format", "raid-replace", "readme", "verity-image",
        "dmfilemapd", "file-latency", "DeviceMapper", "DeviceMapperTargets", "FilemapStats",
        "Mutations", "TestSupport",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "dm-status-json", "dmevent_tool", "dmfilemapd", "DeviceMapper", "DeviceMapperTargets",
        "TestSupport",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      exclude: ["Recorded"]),
    .testTarget(
      name: "OracleTests", dependencies: ["CDeviceMapper", "DeviceMapperTargets"]),
    .target(
      name: "Mutations", dependencies: ["DeviceMapper", "DeviceMapperTargets"],
      path: "Tests/Mutations"),
    .executableTarget(
      name: "Fuzz", dependencies: ["DeviceMapper", "DeviceMapperTargets", "Mutations"],
      path: "Tests/Fuzz"),
    .target(
      name: "TestSupport",
      dependencies: [
        "DeviceMapper", "DeviceMapperTargets",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/TestSupport"),
  ]
    + ["cache-tier", "device-tree", "integrity-format", "raid-replace"].map { example in
      .executableTarget(
        name: example,
        dependencies: [
          "DeviceMapper", "DeviceMapperTargets",
          .product(name: "ArgumentParser", package: "swift-argument-parser"),
          .product(name: "SystemPackage", package: "swift-system"),
        ],
        path: "Examples/\(example)")
    },
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .enableUpcomingFeature("InferIsolatedConformances"),
      .enableUpcomingFeature("ImmutableWeakCaptures"),
      .strictMemorySafety(),
      .treatAllWarnings(as: .error),
    ]
}
