/// The factors of the binary prefixes by their letters: `Bytes(3 * IEC.Gi)`.
///
/// ``BinaryPrefix`` is the type for a prefix that is a value.
public enum IEC {
  /// 2^10.
  public static var Ki: UInt64 { BinaryPrefix.kibi.factor }
  /// 2^20.
  public static var Mi: UInt64 { BinaryPrefix.mebi.factor }
  /// 2^30.
  public static var Gi: UInt64 { BinaryPrefix.gibi.factor }
  /// 2^40.
  public static var Ti: UInt64 { BinaryPrefix.tebi.factor }
  /// 2^50.
  public static var Pi: UInt64 { BinaryPrefix.pebi.factor }
  /// 2^60.
  public static var Ei: UInt64 { BinaryPrefix.exbi.factor }
}
