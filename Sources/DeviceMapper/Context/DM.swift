import DeviceMapperTargets
public import SystemPackage

/// The context of all operations: a conversation with the running kernel's device-mapper.
///
/// A context owns a descriptor of the control device and nothing else. It may be used from many
/// tasks and threads at a time: no lock is held around a command, so one that waits in the kernel
/// holds up nobody. Commands are named as in the kernel's interface, `linux/dm-ioctl.h`.
public final class DM: Sendable {
  let control: ControlDevice
  let replySizes = ReplySizes()

  /// Opens the control device, `/dev/mapper/control`.
  ///
  /// - Throws: ``DmError`` with ``DmError/Code/noContext`` if the kernel has no device-mapper, the
  ///   node is missing, or the caller isn't privileged.
  public init() throws(DmError) { control = try ControlDevice() }

  /// The descriptor of the control device, close-on-exec, for `poll`.
  ///
  /// It becomes readable when anything happens to any device; see ``armPoll()``. It is closed when
  /// the context goes away.
  public var controlDescriptor: FileDescriptor { control.descriptor }

  /// Whether the kernel has device-mapper and the caller may use it.
  public static var isAvailable: Bool {
    guard let dm = try? DM() else { return false }
    return (try? dm.version()) != nil
  }
}

extension DM {
  /// Carries out a command that sends and receives a header only.
  func header(_ request: Request) throws(DmError) -> DeviceInfo {
    var storage = InlineArray<312, UInt8>(repeating: 0)
    var bytes = storage.mutableSpan
    var buffer = unsafe bytes.mutableBytes
    request.write(to: &buffer)
    if let errno = control.perform(request.command, &buffer) {
      throw failure(request, errno, storage.span)
    }
    do { return try DeviceInfo(ReplyReader(storage.span)) } catch {
      throw unreadable(request, error)
    }
  }

  /// Carries out a command that sends data behind the header and receives a header only.
  ///
  /// - Parameter buffer: Zeroes in place of the header, and the data behind it.
  func send(_ request: Request, _ buffer: inout [UInt8]) throws(DmError) -> DeviceInfo {
    guard buffer.count <= ReplySizes.largest else {
      throw DmError(.invalidArgument, command: request.command, device: request.id)
    }
    try perform(request, &buffer)
    do { return try DeviceInfo(ReplyReader(buffer.span)) } catch {
      throw unreadable(request, error)
    }
  }

  /// Carries out a command whose reply has data; the buffer grows until the reply fits.
  ///
  /// - Parameters:
  ///   - repeats: Whether the command may be carried out again to get the whole reply.
  ///   - size: The size of the first buffer, or `nil` for what replies have needed so far.
  ///   - makeBuffer: Makes a buffer of a size, or a larger one if what is sent needs it: zeroes for
  ///     the header, what is sent behind it, and room for the reply.
  ///   - decode: Reads the reply, of which the second argument is the memory.
  func exchange<Result>(
    _ request: Request, repeats: Bool = true, size: Int? = nil,
    buffer makeBuffer: (Int) throws(DmError) -> [UInt8],
    _ decode: (borrowing ReplyReader, [UInt8]) throws(ReplyError) -> Result
  ) throws(DmError) -> Result {
    var size = min(size ?? replySizes.size(for: request.command), ReplySizes.largest)
    while true {
      var buffer = try makeBuffer(size)
      defer { if request.flags.contains(.secureData) { buffer.wipe() } }
      guard buffer.count <= ReplySizes.largest else {
        throw DmError(.invalidArgument, command: request.command, device: request.id)
      }
      try perform(request, &buffer)
      do {
        let reply = try ReplyReader(buffer.span)
        if !reply.flags.contains(.bufferFull) {
          replySizes.note(reply.bytes.count, for: request.command)
          return try decode(reply, buffer)
        }
      } catch {
        throw unreadable(request, error)
      }
      guard repeats, buffer.count < ReplySizes.largest else {
        throw DmError(.replyTooLarge, command: request.command, device: request.id)
      }
      size = ReplySizes.larger(buffer.count)
    }
  }

  /// Carries out a command that sends a header only, and whose reply has data.
  func exchange<Result>(
    _ request: Request,
    _ decode: (borrowing ReplyReader, [UInt8]) throws(ReplyError) -> Result
  ) throws(DmError) -> Result {
    try exchange(
      request,
      buffer: { size in
        // The kernel writes a list whole but for its padding, and room for it is large: clearing it
        // costs a fifth of reading it.
        if request.command == .listDevices { return Self.unclearedBuffer(size, Span()) }
        // Some targets write nothing as their status, and the kernel returns what stood there.
        return [UInt8](repeating: 0, count: size)
      }, decode)
  }

  /// A buffer with zeroes for the header and what is sent behind it, which isn't cleared behind that.
  static func unclearedBuffer(_ size: Int, _ data: Span<UInt8>) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
      let header = RequestLayout.headerSize
      unsafe bytes.extracting(..<header).initialize(repeating: 0)
      unsafe data.withUnsafeBufferPointer { data in
        _ = unsafe bytes.extracting(header...).initialize(fromContentsOf: data)
      }
      count = size
    }
  }

  private func perform(_ request: Request, _ buffer: inout [UInt8]) throws(DmError) {
    var bytes = buffer.mutableSpan
    var raw = unsafe bytes.mutableBytes
    request.write(to: &raw)
    if let errno = control.perform(request.command, &raw) {
      throw failure(request, errno, buffer.span)
    }
  }

  private func unreadable(_ request: Request, _ error: ReplyError) -> DmError {
    DmError(
      .unreadableReply, command: request.command, device: request.id, context: .reply(error))
  }

  private func failure(_ request: Request, _ errno: Errno, _ buffer: Span<UInt8>) -> DmError {
    // The kernel writes its version even where it refuses a request that is newer than itself.
    let needed = request.command.minimumVersion
    let running = InterfaceVersion(
      major: buffer.load(UInt32.self, at: RequestLayout.version),
      minor: buffer.load(UInt32.self, at: RequestLayout.version + 4),
      patch: buffer.load(UInt32.self, at: RequestLayout.version + 8))
    // With secureData it wipes all of the request, and a command that it carries out so far it has.
    let isWiped = request.flags.contains(.secureData) && running.major == 0
    if running < needed && !isWiped || errno == .inappropriateIOCTLForDevice {
      return DmError(
        .unsupported, command: request.command, device: request.id, errno: errno,
        context: .version(needed: needed, running: running))
    }
    return DmError(.refused, command: request.command, device: request.id, errno: errno)
  }

  /// Makes sure that a command takes the options.
  func check(_ options: DmOptions, for command: DmCommand) throws(DmError) {
    try command.check(options)
  }
}
