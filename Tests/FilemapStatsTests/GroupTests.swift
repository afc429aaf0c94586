import DeviceMapperTargets
import Foundation
import Testing

@testable import FilemapStats

struct GroupTests {
  private func ids(_ text: String) -> RegionIds? {
    let text = TargetText(text)
    return RegionIds.read(text.bytes, from: 0)?.0
  }

  @Test(arguments: [
    ("0", "0"), ("0-3,5", "0-3,5"), ("0-3,4,7", "0-4,7"), ("5,1-2", "1-2,5"), ("1-5,2-3", "1-5"),
    ("9,7,1-3,8,2-5", "1-5,7-9"), ("2147483647,0,2147483646", "0,2147483646-2147483647"),
    (" 1 - 2 , 4", "1-2,4"),
  ])
  func `members are ranges in order`(text: String, printed: String) {
    #expect(ids(text)?.description == printed)
  }

  @Test(arguments: ["", "3-1", "1-", "1,,2", "x", "99999999999"])
  func `what is no list of members is refused`(text: String) {
    #expect(ids(text) == nil)
  }

  @Test func `a set of regions knows its members`() throws {
    let ids = RegionIds([7, 1, 2, 3, 9])
    #expect(ids.description == "1-3,7,9")
    #expect((0...10).filter { ids.contains(RegionId(rawValue: $0)) } == [1, 2, 3, 7, 9])
    #expect(ids.lowest == 1)
    #expect(RegionIds().isEmpty)
    #expect(RegionIds([2, 2, 3, 3, 5]).description == "2-3,5")
    #expect(ids.subtracting([2, 8, 9]).description == "1,3,7")
    #expect(ids.subtracting([]) == ids)
    #expect(ids.subtracting(ids).isEmpty)
    let most = RegionIds([0]).union(try #require(self.ids("2-2147483647")))
    #expect(most.subtracting([5, 2_147_483_647]).description == "0,2-4,6-2147483646")
    #expect(ids.subtracting(most).description == "1")
    #expect(RegionIds([2_147_483_647, 2_147_483_646]).description == "2147483646-2147483647")
  }

  @Test(arguments: [
    // Text, alias, members, spelling, user data.
    ("DMS_GROUP=\"f\":0-1#-", Optional("f"), "0-1", GroupTag.Spelling.quoted, ""),
    ("DMS_GROUP=img:3#-", "img", "3", .plain, ""),
    ("DMS_GROUP=m:3#data", "m", "3", .plain, "data"),
    ("DMS_GROUP=:0-1#-", nil, "0-1", .plain, ""),
    ("DMS_GROUP=\"\":0-1#-", nil, "0-1", .quoted, ""),
    ("DMS_GROUP=\"vm:1.img\":0,4#-", "vm:1.img", "0,4", .quoted, ""),
    ("DMS_GROUP=vm:1.img:0,4#-", "vm:1.img", "0,4", .plain, ""),
    ("DMS_GROUP=\"a b\":0#x#y:1#", "a b", "0", .quoted, "x#y:1#"),
    ("DMS_GROUP=\"a:1#b\":2#-", "a:1#b", "2", .quoted, ""),
    ("DMS_GROUP=\"half:2#-", "\"half", "2", .plain, ""),
  ])
  func `tags of both generations are read`(
    text: String, alias: String?, members: String, spelling: GroupTag.Spelling, userData: String
  ) throws {
    let data = AuxiliaryData(text: TargetText(text))
    let tag = try #require(data.tag)
    #expect(tag.alias?.description == alias)
    #expect(tag.members.description == members)
    #expect(tag.spelling == spelling)
    #expect(data.userData == TargetText(userData))
  }

  @Test(arguments: [
    "DMS_GROUP=", "DMS_GROUP=x", "DMS_GROUP=x:#-", "DMS_GROUP=x:1-", "xDMS_GROUP=:0#",
  ])
  func `what is no tag is user data`(text: String) {
    let data = AuxiliaryData(text: TargetText(text))
    #expect(data.tag == nil)
    #expect(data.userData == TargetText(text))
  }

  @Test(arguments: [
    "-", "data", "DMS_GROUP=\"f\":0-1#-", "DMS_GROUP=f:0-1#data", "DMS_GROUP=:7#-",
    "DMS_GROUP=\"a b\":0,2-3#-",
  ])
  func `auxiliary data is written as it was read`(text: String) {
    #expect(AuxiliaryData(text: TargetText(text)).text == TargetText(text))
  }

  @Test(arguments: [
    ("vm:1", ":", 2), ("a\"b", "\"", 1), ("#", "#", 0), ("a\nb", "\n", 1), ("a\u{7f}", "\u{7f}", 1),
  ])
  func `an alias that the convention can't carry is refused with the byte`(
    name: String, byte: String, offset: Int
  ) {
    let error = #expect(throws: StatsError.self) { try GroupAlias(name) }
    #expect(error?.code == .invalidAlias)
    #expect(error?.context == .byte(byte.utf8.first ?? 0, offset: offset))
  }

  @Test func `an empty alias is refused`() {
    #expect(throws: StatsError.self) { try GroupAlias("") }
    #expect(GroupAlias(sanitizing: "") == nil)
  }

  @Test func `a file's name becomes an alias`() throws {
    #expect(GroupAlias(sanitizing: "vm:1 \"x\".img", for: .quoted)?.description == "vm_1 _x_.img")
    #expect(GroupAlias(sanitizing: "vm:1 x", for: .plain)?.description == "vm_1_x")
  }

  @Test func `a plain alias can't have blanks`() throws {
    let tag = GroupTag(alias: try GroupAlias("a b"), members: RegionIds([0]), spelling: .plain)
    let error = #expect(throws: StatsError.self) { try AuxiliaryData(tag: tag).check() }
    #expect(error?.context == .byte(UInt8(ascii: " "), offset: 1))
    try AuxiliaryData(
      tag: GroupTag(alias: tag.alias, members: tag.members, spelling: .quoted)
    ).check()
  }

  @Test(arguments: [
    ("1.02.185 (2022-05-18)", GroupTag.Spelling.plain), ("1.02.196 (2024-02-02)", .plain),
    ("1.02.197 (2024-05-16)", .quoted), ("1.02.209-git (2025-09-12)", .quoted),
    ("1.03.01", .quoted), ("2.0.0", .quoted), ("", .quoted),
  ])
  func `the spelling follows the version of the library`(
    version: String, spelling: GroupTag.Spelling
  ) {
    #expect(GroupTag.Spelling.read(by: version) == spelling)
  }

  private func region(
    _ id: RegionId, _ tag: String = "-", program: ProgramId = .dmstats
  ) -> Region {
    Region(
      id: id, range: SectorRange(start: 0, length: 8), program: program,
      auxiliary: AuxiliaryData(text: TargetText(tag)))
  }

  @Test func `groups have the regions that exist and are of their program`() throws {
    let other = try #require(ProgramId("other"))
    let groups = Group.groups(in: [
      region(1, "DMS_GROUP=\"a\":1,3-9,4000000#-"), region(2), region(3),
      region(5, program: other), region(9),
    ])
    #expect(groups.count == 1)
    #expect(groups[0].id == 1)
    #expect(groups[0].members.map(\.id) == [1, 3, 9])
    #expect(groups[0].length == 24)
  }

  @Test func `a tag that doesn't begin with its own region describes no group`() {
    #expect(Group.groups(in: [region(0), region(1, "DMS_GROUP=:0-1#-")]).isEmpty)
    #expect(Group.groups(in: [region(1, "DMS_GROUP=:2-3#-"), region(2), region(3)]).isEmpty)
  }

  @Test func `a region is in one group at most`() {
    let groups = Group.groups(in: [
      region(0, "DMS_GROUP=:0,2#-"), region(1, "DMS_GROUP=:1-2#-"), region(2),
    ])
    #expect(groups.map { $0.members.map(\.id) } == [[0, 2], [1]])
  }

  @Test(arguments: [[5, 3], [2, 5, 0, 0, 0, 0], [1, 1], [0, 4, 2]] as [[UInt32]])
  func `rows in another order than the kernel's are no harm`(numbers: [UInt32]) {
    let regions = numbers.enumerated().map { place, number in
      region(RegionId(rawValue: number), place == 0 ? "DMS_GROUP=:\(number)#-" : "-")
    }
    let groups = Group.groups(in: regions)
    #expect(groups.map(\.id.leader.rawValue) == [numbers[0]])
    #expect(groups[0].leader.id.rawValue == numbers[0])
  }

  @Test func `two rows with one number are one region`() throws {
    let group = try #require(
      Group.groups(in: [region(0, "DMS_GROUP=:0-1#-"), region(0)]).first)
    #expect(group.members.map(\.id) == [0])
    #expect(!group.isComplete)
  }

  @Test(arguments: [#""a:b""#, #""a\nb""#, #""a\"b""#, #""""#])
  func `a name that was decoded is checked before it is sent`(json: String) throws {
    let alias = try JSONDecoder().decode(GroupAlias.self, from: Data(json.utf8))
    for spelling in GroupTag.Spelling.allCases {
      let tag = GroupTag(alias: alias, members: [0], spelling: spelling)
      let error = #expect(throws: StatsError.self) { try AuxiliaryData(tag: tag).check() }
      #expect(error?.code == .invalidAlias)
    }
  }
}
