extension Recorded {
  /// Tables and statuses as `dmsetup` prints them of several devices.
  public static let named: [String] = [
    "a: 0 8 zero\na: 8 8 error\nb:\nwith: colon: 0 16 linear 8:0 0\n",
    "0 8 zero\n8 8 zero\n0 8 zero\n",
    "vg-lv_tdata: 0 65536 linear 8:0 2048\nvg-pool: 0 65536 thin-pool 254:0 254:1 128 0 0 \n",
    "No devices found\n",
  ]

  /// Devices in one line.
  public static let concise: [String] = [
    "dm-linear,,1,rw,0 32768 linear 8:1 0,32768 1024000 linear 8:2 0;dm-z,u,3,ro,0 16 zero",
    "lroot,,,rw, 0 4096 linear 98:16 0, 4096 4096 linear 98:32 0",
    "a,,0x10,ro,0x0 010 linear 1:0 0;b,,017,rw,0 0X1000 delay 1:0 0 500",
    #"a\,b,u\;v,7,rw,0 8 linear /dev/a\\ b 0;\ c,,,,0 8 of-the-future x\,y;"#,
    "no-table,LVM-abc,4,rw",
  ]

  /// What targets reply to messages.
  public static let replies: [String] = [
    "{ version : 36, mode : normal, packer : { a : 1, b : { c : 0.25, }, }, biosIn : { write : 7, "
      + "}, }",
    "{ physicalSize : 262144, index :  { memorySize : 0.25, isSparse : 0, }, }",
    "dust_query_block: block 67 not found in badblocklist", "60\n67\n72\n",
    "countbadblocks: 895 badblock(s) found", "dust_clear_badblocks: badblocks cleared",
    "No blocks in badblocklist",
  ]
}
