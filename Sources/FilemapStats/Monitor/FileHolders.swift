import DeviceMapperTargets
import Glibc
import SystemPackage

/// Finds out whether anybody else has an unlinked file open.
enum FileHolders {
  // The C library shows these to GNU programs only.
  private static let setSignal: CInt = 10
  private static let setLease: CInt = 1024

  /// Whether a file, which has no name any more, is open elsewhere: in another process, mapped into
  /// memory, on its way through a socket, or in the kernel itself.
  ///
  /// The kernel grants a write lease to the only holder of a file. Where it doesn't grant leases, the
  /// processes' descriptors are looked through.
  static func exist(besides file: FileDescriptor, _ status: FileStatus) -> Bool {
    // Who opens the file while the lease is held makes the kernel send a signal, by default one that
    // ends the process.
    _ = fcntl(file.rawValue, setSignal, SIGURG)
    if fcntl(file.rawValue, setLease, F_WRLCK) == 0 {
      _ = fcntl(file.rawValue, setLease, F_UNLCK)
      return false
    }
    // Before Linux 5.3 a watch counted as a holder.
    if errno == EAGAIN, isAtLeastLinux53 { return true }
    return processHasOpen(status, besides: file)
  }

  private static let isAtLeastLinux53: Bool = {
    var name = utsname()
    guard unsafe uname(&name) == 0 else { return true }
    let release = unsafe withUnsafeBytes(of: &name.release) { unsafe Array($0) }
    var numbers: [Int] = [0]
    for byte in release {
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 {
        numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(digit)
      } else if byte == UInt8(ascii: "."), numbers.count < 2 {
        numbers.append(0)
      } else {
        break
      }
    }
    return !numbers.lexicographicallyPrecedes([5, 3])
  }()

  /// Looks through the descriptors and the mapped files of all processes, this one's too.
  private static func processHasOpen(_ status: FileStatus, besides file: FileDescriptor) -> Bool {
    let own = getpid()
    for process in numbers(in: "/proc") {
      for number in numbers(in: "/proc/\(process)/fd") {
        if process == own, number == file.rawValue { continue }
        let other = FileStatus(at: FilePath("/proc/\(process)/fd/\(number)"))
        if let other, other.isSameFile(as: status) { return true }
      }
      if process != own, isMapped(status, in: process) { return true }
    }
    return false
  }

  /// The entries of a folder whose names are numbers.
  private static func numbers(in folder: String) -> [Int32] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var numbers: [Int32] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let number = Int32(name) { numbers.append(number) }
    }
    return numbers
  }

  /// Whether a process has the file in its memory: `DEVICE` and `INODE` are the fourth and fifth
  /// word of a line.
  private static func isMapped(_ status: FileStatus, in process: Int32) -> Bool {
    guard let maps = try? OpenFile(at: FilePath("/proc/\(process)/maps")) else { return false }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe Glibc.read(maps.descriptor.rawValue, $0.baseAddress, $0.count)
      }
      if count <= 0 { break }
      text += buffer[..<count]
    }
    let device = TargetText(
      "\(hexadecimal(status.device.major)):\(hexadecimal(status.device.minor))")
    var start = 0
    while start < text.count {
      let end = text.span.endOfLine(from: start)
      var fields = FieldScanner(text.span.extracting(start..<end))
      start = end + 1
      for _ in 0..<3 where fields.nextWord() == nil { break }
      guard let found = fields.nextWord(), found.bytes.isEqual(to: device.bytes) else { continue }
      if fields.nextWord()?.bytes.decimalValue == status.inode { return true }
    }
    return false
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}
