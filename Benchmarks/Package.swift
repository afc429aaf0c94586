// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "swift-devicemapper", path: "..")],
  targets: [
    .systemLibrary(name: "CLibDeviceMapper", pkgConfig: "devmapper"),
    .executableTarget(
      name: "dm-benchmark",
      dependencies: [
        "CLibDeviceMapper",
        .product(name: "DeviceMapper", package: "swift-devicemapper"),
        .product(name: "DeviceMapperTargets", package: "swift-devicemapper"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
