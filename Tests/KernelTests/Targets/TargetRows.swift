/// What the kernel of Debian takes, and a newer one too.
extension TargetRow {
  static let simple: [TargetRow] = [
    TargetRow("8192 linear {0} 8"),
    TargetRow("8192 striped 2 16 {0} 0 {1} 16"),
    TargetRow("8192 zero"),
    TargetRow("8192 error"),
    TargetRow("8192 delay {0} 0 1"),
    TargetRow("8192 delay {0} 0 1 {1} 8 2"),
    TargetRow("8192 delay {0} 0 0 {1} 8 0 {1} 0 0"),
    TargetRow("8192 flakey {0} 8 1 1"),
    TargetRow("8192 flakey {0} 8 60 0 1 drop_writes"),
    TargetRow("8192 flakey {0} 8 60 0 1 error_writes"),
    TargetRow("8192 flakey {0} 8 60 0 5 corrupt_bio_byte 32 r 1 0"),
    TargetRow("8192 flakey {0} 8 60 0 6 drop_writes corrupt_bio_byte 224 r 0 32"),
    TargetRow("8192 dust {0} 8 512"),
    TargetRow("8192 unstriped 2 16 1 {0} 8"),
    TargetRow("8192 switch 2 128 0 {0} 0 {1} 8"),
    TargetRow("8192 log-writes {0} {1}"),
  ]
  static let crypt: [TargetRow] = [
    TargetRow(
      "8192 crypt aes-xts-plain64 "
        + "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff 0 {0} 8"),
    TargetRow(
      "8192 crypt aes-cbc-essiv:sha256 00112233445566778899aabbccddeeff 8 {0} 8 1 "
        + "allow_discards"),
    TargetRow(
      "8192 crypt aes-xts-plain64 "
        + "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff 0 {0} 8 7 "
        + "allow_discards same_cpu_crypt submit_from_crypt_cpus no_read_workqueue "
        + "no_write_workqueue sector_size:4096 iv_large_sectors"),
    TargetRow(
      "8192 crypt capi:xts(aes)-plain64 "
        + "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff 0 {0} 8"),
    TargetRow("8 integrity {0} 0 4 J 0"),
    TargetRow("8 integrity {0} 0 - D 1 internal_hash:sha256"),
    TargetRow("8 integrity {0} 0 - B 2 internal_hash:sha256 block_size:4096"),
    TargetRow(
      "8 integrity {0} 0 - J 4 internal_hash:sha256 meta_device:{1} "
        + "journal_sectors:88 recalculate"),
    TargetRow("8 integrity {0} 0 - J 3 internal_hash:hmac(sha256):0011 allow_discards fix_hmac"),
    TargetRow("8 integrity {0} 0 - R 1 internal_hash:sha256"),
  ]
  /// What a small kernel may lack the algorithms for.
  static let uncommonCrypt: [TargetRow] = [
    TargetRow("8192 crypt cipher_null-ecb - 0 {0} 0"),
    TargetRow("8 integrity {0} 0 - D 1 internal_hash:crc32c"),
  ]
  static let cached: [TargetRow] = [
    TargetRow("8192 thin-pool {0} {1} 128 0"),
    TargetRow("8192 thin-pool {0} {1} 128 8 3 skip_block_zeroing ignore_discard error_if_no_space"),
    TargetRow("8192 thin-pool {0} {1} 256 8 1 no_discard_passdown"),
    TargetRow("8192 cache {0} {1} {2} 128 0 default 0"),
    TargetRow("8192 cache {0} {1} {2} 64 2 writethrough metadata2 smq 2 migration_threshold 4096"),
    TargetRow("8192 cache {0} {1} {2} 128 1 passthrough smq 0"),
    TargetRow("8192 cache {0} {1} {2} 128 2 writeback no_discard_passdown cleaner 0"),
    TargetRow("8192 cache {0} {1} {2} 128 0 mq 2 sequential_threshold 1024"),
    TargetRow("8192 writecache s {0} {1} 4096 0"),
    TargetRow(
      "8192 writecache s {0} {1} 4096 15 start_sector 8 high_watermark 60 "
        + "low_watermark 40 writeback_jobs 64 autocommit_blocks 64 autocommit_time 500 "
        + "max_age 5000 cleaner"),
    TargetRow("8192 writecache s {0} {1} 512 2 pause_writeback 1000"),
    TargetRow("8192 clone {0} {1} {2} 8"),
    TargetRow(
      "8192 clone {0} {1} {2} 8 2 no_hydration no_discard_passdown 4 "
        + "hydration_threshold 2 hydration_batch_size 2"),
    TargetRow("8192 era {0} {1} 128"),
  ]
  static let redundant: [TargetRow] = [
    TargetRow("8192 raid raid0 1 128 2 - {0} - {1}"),
    TargetRow("8192 raid raid1 3 0 region_size 1024 2 {0} {1} {2} {3}"),
    TargetRow("8192 raid raid1 2 0 nosync 2 - {1} - {3}"),
    TargetRow("8192 raid raid1 2 0 sync 2 {0} {1} - -"),
    TargetRow(
      "8192 raid raid1 10 0 sync write_mostly 1 max_write_behind 256 region_size "
        + "1024 max_recovery_rate 100 2 {0} {1} {2} {3}",
      .changes),
    TargetRow(
      "8192 raid raid10 7 128 raid10_copies 2 raid10_format near region_size 1024 "
        + "2 {0} {1} {2} {3}"),
    // Without "nosync", Linux 7.2 may wait for ever when such an array is suspended.
    TargetRow("8192 raid raid4 2 128 nosync 3 - {0} - {1} - {2}"),
    TargetRow("8192 raid raid5_ls 4 128 nosync stripe_cache 512 3 - {0} - {1} - {2}"),
    TargetRow("8192 raid raid5_n 2 128 nosync 3 - {0} - {1} - -"),
    TargetRow("8192 mirror core 1 1024 2 {0} 0 {1} 0"),
    TargetRow("8192 mirror core 2 1024 nosync 2 {0} 0 {1} 8 1 handle_errors"),
    TargetRow("8192 mirror disk 3 {2} 1024 sync 2 {0} 0 {1} 0 2 handle_errors keep_log"),
    TargetRow("8192 mirror disk 2 {2} 1024 3 {0} 0 {1} 0 {3} 0"),
    TargetRow("8192 multipath 2 queue_mode bio 0 0 0"),
    TargetRow(
      "8192 multipath 3 queue_if_no_path queue_mode bio 0 1 1 round-robin 0 2 1 "
        + "{0} 1 {1} 1"),
    TargetRow(
      "8192 multipath 2 queue_mode bio 0 2 2 service-time 0 1 2 {0} 1 1 "
        + "queue-length 0 1 1 {1} 1"),
  ]
  static let snapshots: [TargetRow] = [
    TargetRow("8192 snapshot {0} {1} P 8"),
    TargetRow("8192 snapshot {0} {1} PO 16"),
    TargetRow("8192 snapshot {0} {1} N 8"),
    TargetRow("8192 snapshot-origin {0}"),
    TargetRow("8192 snapshot-merge {0} {1} P 8", .once),
  ]
  static let wide: [TargetRow] = [
    TargetRow("8192 ebs {0} 8 1 8"),
    TargetRow("8192 ebs {0} 8 1"),
    TargetRow("8192 multipath 2 queue_mode bio 0 1 1 historical-service-time 0 1 1 {0} 1"),
    TargetRow("8192 multipath 2 queue_mode bio 0 1 1 io-affinity 0 1 1 {0} 1"),
    TargetRow("8192 flakey {0} 8 60 0 4 random_read_corrupt 10 random_write_corrupt 20"),
    TargetRow("8192 flakey {0} 8 60 0 2 error_reads error_writes"),
    TargetRow(
      "8192 raid raid10 8 128 sync raid10_copies 2 raid10_format far daemon_sleep "
        + "5 2 - {1} - {3}"),
    TargetRow(
      "8192 inlinecrypt aes-xts-plain64 "
        + "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
        + "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100 0 {0} 8"),
  ]
}
