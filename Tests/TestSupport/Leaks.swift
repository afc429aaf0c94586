import Glibc
public import SystemPackage

/// What a process may leave behind without anybody seeing it.
public enum Leaks {
  /// The ids of the System V semaphores that exist on the machine: what `ipcs -s` lists.
  public static func semaphores() throws -> [String] {
    try FilePath("/proc/sysvipc/sem").lines().dropFirst().compactMap { line in
      let words = line.split(separator: " ")
      return words.count > 1 ? String(words[1]) : nil
    }
  }

  /// What this process has open of device-mapper and of block devices, sorted.
  ///
  /// Other descriptors come and go with the runtime and with the programs that tests start.
  public static func descriptors() -> [String] {
    var links: [String] = []
    for number in (try? FilePath("/proc/self/fd").entries()) ?? [] {
      guard let link = FilePath("/proc/self/fd/\(number)").linkTarget else { continue }
      let names = ["/dev/mapper/", "/dev/dm-", "/dev/ram", "/dev/loop"]
      if names.contains(where: { link.hasPrefix($0) }) { links.append(link) }
    }
    return links.sorted()
  }
}

extension FilePath {
  /// The text of a file, for files of `/proc` and `/sys`.
  public func text() throws -> String {
    let file = try FileDescriptor.open(self, .readOnly, options: [.closeOnExec])
    return try file.closeAfter {
      var text: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65536)
      while true {
        let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        if count == 0 { return String(decoding: text, as: UTF8.self) }
        text += buffer[..<count]
      }
    }
  }

  /// The lines of a file.
  public func lines() throws -> [String] {
    try text().split(separator: "\n").map(String.init)
  }

  /// The names of what is in a folder.
  public func entries() throws -> [String] {
    guard let folder = unsafe withPlatformString({ unsafe opendir($0) }) else {
      throw Errno(rawValue: errno)
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Where a symbolic link leads; `nil` for anything else.
  public var linkTarget: String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe withPlatformString { path in
        guard let start = bytes.baseAddress else { return -1 }
        return unsafe readlink(
          path, start.assumingMemoryBound(to: CChar.self), bytes.count)
      }
    }
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// What the path is, links not followed; `nil` if there is nothing.
  public var kind: Kind? {
    var status = Glibc.stat()
    guard unsafe withPlatformString({ unsafe lstat($0, &status) }) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFLNK: .link
    case S_IFBLK: .blockDevice
    case S_IFSOCK: .socket
    default: .other
    }
  }

  /// A kind of file.
  public enum Kind: Sendable {
    /// A symbolic link.
    case link
    /// A block device.
    case blockDevice
    /// A socket.
    case socket
    /// Something else.
    case other
  }
}
