// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "swift-devicemapper",
  products: [
    .library(name: "DeviceMapperTargets", targets: ["DeviceMapperTargets"])
  ],
  targets: [
    .target(
      name: "DeviceMapperTargets",
      swiftSettings: [.enableExperimentalFeature("Lifetimes")]),
    .testTarget(name: "DeviceMapperTargetsTests", dependencies: ["DeviceMapperTargets"]),
  ],
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
