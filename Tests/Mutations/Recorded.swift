/// Lines as kernels print them, the seeds of the mutated ones: of every target one at least.
public enum Recorded {
  /// `START LENGTH TYPE PARAMETERS`, as `dmsetup table` shows it, some of them as they are loaded.
  public static let tables: [String] = [
    "0 2048 linear 1:0 384",
    "0 2048 linear /dev/disk/a\\ b\\\\c 0",
    "0 1024 striped 2 128 8:16 0 8:32 2048",
    "0 10 zero ",
    "0 10 error ",
    "0 10 error 1:0 0",
    "0 4096 delay 1:0 0 500",
    "0 4096 delay 1:0 0 500 1:1 128 0 1:1 0 4294967295",
    "0 16 flakey 1:2 0 16 2 0 ",
    "0 16 flakey 1:2 0 16 2 5 corrupt_bio_byte 32 r 1 0 ",
    "0 16 flakey 1:2 0 16 2 2 error_reads error_writes",
    "0 16 flakey 8:32 0 16 2 6 corrupt_bio_byte 224 r 0 32 drop_writes",
    "0 16 flakey 8:32 0 0 1 4 random_read_corrupt 1000000000 random_write_corrupt 7",
    "0 65536 thin-pool 1:0 1:1 128 0 0 ",
    "0 65536 thin-pool 1:0 1:1 128 1024 2 skip_block_zeroing no_discard_passdown ",
    "0 65536 thin-pool 1:0 1:1 128 0 2 ignore_discard no_discard_passdown ",
    "0 65536 thin-pool 1:0 1:1 2097152 9 4 ignore_discard read_only error_if_no_space later",
    "0 2097152 thin 254:0 0",
    "0 2097152 thin 254:0 16777215 7:1",
    "0 65536 cache 1:0 1:1 1:2 128 1 writethrough default 0",
    "0 65536 cache 1:0 1:1 1:2 64 3 metadata2 writeback no_discard_passdown smq 2 "
      + "migration_threshold 4096",
    "0 65536 writecache p 1:0 1:1 4096 4 high_watermark 60 cleaner fua",
    "0 65536 clone 1:0 1:1 1:2 8 1 no_hydration 4 hydration_threshold 1 hydration_batch_size 2",
    "0 65536 era 1:0 1:1 128",
    "0 8192 crypt aes-xts-plain64 "
      + "0000000000000000000000000000000000000000000000000000000000000000 0 1:0 0",
    "0 8192 crypt capi:authenc(hmac(sha256),xts(aes))-random :64:logon:a:b 0 1:0 8 3 "
      + "allow_discards integrity:32:aead sector_size:4096",
    "0 8192 inlinecrypt aes-xts-plain64 00112233 0 1:0 0 2 keytype:raw allow_discards",
    "0 2048 verity 1 1:0 1:1 4096 4096 256 1 sha256 "
      + "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff - 9 "
      + "ignore_corruption use_fec_from_device 1:2 fec_blocks 259 fec_start 0 fec_roots 2",
    "0 8 integrity 1:0 0 4 J 6 block_size:512 journal_sectors:88 interleave_sectors:32768 "
      + "buffer_sectors:128 journal_watermark:50 commit_time:10000",
    "0 8 integrity 1:0 0 - D 2 internal_hash:hmac(sha256):0011aabb recalculate",
    "0 131072 raid raid1 3 0 region_size 1024 2 1:0 1:1 - -",
    "0 131072 raid raid6_zr 7 128 rebuild 1 stripe_cache 256 region_size 1024 4 - 1:0 - 1:1 - 1:2"
      + " - 1:3",
    "0 2048 mirror core 2 1024 nosync 2 1:0 0 1:1 0 1 handle_errors",
    "0 2048 mirror disk 2 1:2 1024 2 1:0 0 1:1 0 2 handle_errors keep_log",
    "0 2048 mirror userspace 4 LVM-uuid clustered-core 1024 nosync 2 1:0 0 1:1 0",
    "0 2048 snapshot 254:0 1:1 P 16 2 discard_zeroes_cow discard_passdown_origin",
    "0 2048 snapshot 254:0 1:1 PO 8",
    "0 2048 snapshot-origin 254:0",
    "0 2048 snapshot-merge 254:0 1:1 P 16",
    "0 65536 multipath 1 queue_if_no_path 1 alua 1 1 service-time 0 2 2 8:16 1 1 8:32 1 1 ",
    "0 65536 multipath 0 0 2 1 round-robin 0 1 1 8:16 1 historical-service-time 2 512 1 1 1 8:32 0",
    "0 65536 vdo V4 /dev/ram0 65536 4096 32768 16380 ack 1 bio 4 bioRotationInterval 64 cpu 2 "
      + "hash 1 logical 1 physical 1 maxDiscard 1 deduplication on compression off",
    "0 65536 vdo V4 1:0 65536 512 32768 1 indexMemory 0.50 indexSparse on slabSize 8192 later 7",
    "0 65536 vdo V2 8:16 262144 4096 32768 16380 on auto vdo0 cpu 2",
    "0 65536 vdo V1 8:16 262144 512 off 0 32768 16380 on auto vdo0 ack=1,bio=4,cpu=2,later=9",
    "0 65536 vdo /dev/sdb 4096 disabled 0 32768 16380 on sync vdo0 .",
    "0 65536 writecache s 1:0 1:1 4096 12 start_sector 8 writeback_jobs 4 autocommit_blocks 64 "
      + "autocommit_time 1000 metadata_only later pause_writeback 3000 max_age 5000",
    "0 65536 clone 1:0 1:1 1:2 8 2 no_discard_passdown later 2 later 7",
    "0 2048 thin Fail",
    "0 2097152 zoned 8:0 8:16",
    "0 2048 dust 1:0 0 512",
    "0 2048 ebs 1:0 128 1 8",
    "0 2048 unstriped 2 128 1 1:0 0",
    "0 2048 switch 2 128 0 1:0 0 1:1 0",
    "0 2048 log-writes 1:0 1:1",
    "0 2048 pcache 1:0 1:1 4 cache_mode writeback crc true",
    "0 2048 of-the-future 1 2 three",
  ]

  /// `START LENGTH TYPE STATUS`, as `dmsetup status` shows it.
  public static let statuses: [String] = [
    "0 2048 linear ",
    "0 1024 striped 2 8:16 8:32 1 AD",
    "0 4096 delay 1 2 4294967295",
    "0 65536 thin-pool 0 1648/16384 0/512 - rw no_discard_passdown queue_if_no_space - 1024 ",
    "0 65536 thin-pool 0 1650/16384 2/512 26 rw ignore_discard error_if_no_space needs_check 9 ",
    "0 65536 thin-pool 7 1652/16384 512/512 - out_of_data_space discard_passdown "
      + "queue_if_no_space - 1024 ",
    "0 65536 thin-pool 18446744073709551615 1/2 3/4 - ro discard_passdown",
    "0 65536 thin-pool Fail",
    "0 65536 thin-pool Error",
    "0 2048 thin 0 -",
    "0 2048 thin 65536 65535",
    "0 2048 thin -",
    "0 2048 thin Fail",
    "0 65536 cache 8 10/16384 128 0/1024 0 0 0 0 0 0 0 2 writethrough no_discard_passdown 2 "
      + "migration_threshold 2048 smq 0 rw - ",
    "0 65536 cache 8 10/16384 128 5/1024 1 2 3 4 5 6 7 1 writeback 2 migration_threshold 2048 mq 10"
      + " random_threshold 0 sequential_threshold 0 discard_promote_adjustment 0 "
      + "read_promote_adjustment 0 write_promote_adjustment 0 ro needs_check ",
    "0 65536 writecache 0 1024 1000 24",
    "0 65536 writecache 0 1024 1000 24 1 2 3 4 5 6 7 8 9 10",
    "0 65536 clone 8 1/16384 8 5/8192 1 2 no_hydration no_discard_passdown 4 "
      + "hydration_threshold 1 hydration_batch_size 2 rw",
    "0 65536 era 8 12/16384 3 -",
    "0 8192 crypt ",
    "0 2048 verity V",
    "0 2048 verity C 12",
    "0 2048 verity V -",
    "0 8 integrity 0 2032 -",
    "0 8 integrity 3 2032 1024",
    "0 131072 raid raid1 2 AA 131072/131072 idle 0 0 -",
    "0 131072 raid raid6_zr 4 AaD- 0/490221568 recover 8 2048 A",
    "0 131072 raid raid4 5 AAAAA 2/490221568 init 0",
    "0 2048 mirror 2 1:0 1:1 2/2 1 AA 1 core",
    "0 2048 mirror 3 1:0 1:1 1:2 1/2 1 ADU 3 disk 1:3 F",
    "0 2048 snapshot 16/2048 16",
    "0 2048 snapshot Invalid",
    "0 2048 snapshot Merge failed",
    "0 2048 snapshot-merge 16/2048 16",
    "0 2048 snapshot-origin ",
    "0 65536 multipath 2 0 1 0 1 1 A 0 2 2 8:16 A 0 0 1 8:32 F 3 7 1 ",
    "0 65536 multipath 2 0 0 1 alua 2 0 E 0 1 1 8:16 A 0 0 D 2 512 1 1 3 8:32 A 0 1 2 3 ",
    "0 65536 vdo /dev/ram0 normal - online online 1024 65536",
    "0 2097152 zoned 80 zones 14/14 cache 3/3 random 56/56 sequential",
    "0 2048 dust 1:0 fail_read_on_bad_block verbose",
    "0 2048 log-writes 12 4096 logging_disabled",
    "0 2048 pcache 0 64 64 1 70 b 0:0 1:4096 0:0",
    "0 2048 of-the-future 1 2 three",
    "0 2048 error ",
  ]

  /// Texts of sizes, names and device numbers.
  public static let words: [String] = [
    "1.5 GiB", "2048 sectors", "1 sector", "3 data blocks", "4 meta blocks", "512B", "16 EiB",
    "0.000000000000000000000000000000000000001 KiB", "18446744073709551615s", "vg-lv_tdata",
    "a\\x20b", "a b", "\\x5cx20", "LVM-0123-tpool", "control", "..", "é", "1:0", "254:1048575",
    "4095:1048575", "/dev/mapper/a b", "16777215",
  ]
}
