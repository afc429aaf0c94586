// swift-tools-version: 6.3
import PackageDescription

// A package like any that uses this one. Scripts/linkage writes the URL.
let package = Package(
  name: "consumer",
  dependencies: [.package(url: "PACKAGE-URL", from: "1000.0.0")],
  targets: [
    .executableTarget(
      name: "parse-only",
      dependencies: [.product(name: "DeviceMapperTargets", package: "swift-devicemapper")]),
    .executableTarget(
      name: "list-devices",
      dependencies: [.product(name: "DeviceMapper", package: "swift-devicemapper")]),
  ])
