// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "swift-devicemapper", path: ".."),
    .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibDeviceMapper", pkgConfig: "devmapper"),
    .executableTarget(
      name: "dm-benchmark",
      dependencies: [
        "CLibDeviceMapper",
        .product(name: "DeviceMapper", package: "swift-devicemapper"),
        .product(name: "DeviceMapperTargets", package: "swift-devicemapper"),
      ]),
    .executableTarget(
      name: "filemap-benchmark",
      dependencies: [
        "CLibDeviceMapper",
        .product(name: "DeviceMapper", package: "swift-devicemapper"),
        .product(name: "FilemapStats", package: "swift-devicemapper"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
