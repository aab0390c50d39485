import assert from "node:assert/strict";

import {
  type VpgSetting,
  groupJournal,
  groupJournalEntry,
  groupJournalTag,
  vpgSettingOf,
} from "../../soracom/group-journal";

const owner = "canal-ftp/dev/k3j9x2ab4m/site";

describe("group journal", () => {
  const settings: VpgSetting[] = [
    {},
    { useVpg: false },
    { useVpg: true, vpgId: "7b5c" },
    { vpgId: "7b5c" },
  ];
  for (const before of settings) {
    it(`reads what it wrote: ${JSON.stringify(before)}`, () => {
      const tags = { [groupJournalTag]: groupJournalEntry(owner, before) };
      assert.deepEqual(groupJournal({ groupId: "g", tags }), { owner, before });
      assert.deepEqual(
        vpgSettingOf({ groupId: "g", configuration: { SoracomAir: { ...before } } }),
        before,
      );
    });
  }

  it("is undefined for a group that no stack was given", () => {
    assert.equal(groupJournal({ groupId: "g", tags: { name: "n" } }), undefined);
    assert.deepEqual(vpgSettingOf({ groupId: "g" }), {});
  });
});
