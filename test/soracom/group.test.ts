import assert from "node:assert/strict";

import type { GroupResult, VpgResult } from "../../soracom/spec";
import type { GroupRecord } from "../../fakes/soracom/world";
import { Lab, specs } from "./lab";

describe("ensureGroup", () => {
  let lab: Lab;
  let vpgId: string;
  let group: GroupResult;

  before(async () => {
    lab = await Lab.open();
  });
  beforeEach(async () => {
    lab.reset();
    ({ vpgId } = await lab.good<VpgResult>("vpg ensure", specs.vpg));
    group = await ensure({ tags: { team: "field" } });
    lab.api.calls.length = 0;
  });
  after(() => lab.close());

  const ensure = (changes: object, previous?: object) =>
    lab.good<GroupResult>("group ensure", { ...specs.group(vpgId), ...changes }, { previous });
  const record = (): GroupRecord => {
    const found = lab.api.world.groups.get(group.groupId);
    assert.ok(found);
    return found;
  };
  const changes = () =>
    lab.api.calls
      .filter(({ method, operationId }) => method !== "GET" && operationId !== "auth")
      .map(({ operationId }) => operationId);

  it("changes nothing of a group that is as the spec", async () => {
    assert.deepEqual(await ensure({ tags: { team: "field" } }, group), group);
    assert.deepEqual(changes(), []);
  });

  it("changes only the keys that differ", async () => {
    record().configuration = { SoracomAir: { useVpg: true, vpgId: "other" } };
    await ensure({ tags: { team: "field" } }, group);
    assert.deepEqual(changes(), ["putConfigurationParameters"]);
    assert.deepEqual(record().configuration, { SoracomAir: { useVpg: true, vpgId } });
  });

  it("removes a tag that it set and the spec no longer has, and no tag of another's", async () => {
    record().tags.console = "theirs";
    const { tagNames } = await ensure({ name: "renamed" }, group);
    assert.deepEqual(record().tags, {
      ...{ console: "theirs", name: "renamed" },
      "canal-ftp-owner": "canal-ftp/test/group",
    });
    assert.deepEqual([...tagNames].sort(), ["canal-ftp-owner", "name"]);
  });

  it("finds the group of the last run whose owner tag was removed, and sets the tag again", async () => {
    delete record().tags["canal-ftp-owner"];
    const { groupId } = await ensure({ tags: { team: "field" } }, group);
    assert.equal(groupId, group.groupId);
    assert.equal(record().tags["canal-ftp-owner"], "canal-ftp/test/group");
    assert.equal(lab.api.world.groups.size, 1);
  });

  it("creates a group again when that of the last run no longer exists", async () => {
    lab.api.world.groups.clear();
    const { groupId } = await ensure({}, group);
    assert.notEqual(groupId, group.groupId);
    assert.deepEqual([...lab.api.world.groups.keys()], [groupId]);
  });

  it("keeps the group of the last run, also when another is older", async () => {
    const older = { ...structuredClone(record()), groupId: "older", createdTime: 0 };
    lab.api.world.groups.set("older", older);
    assert.equal((await ensure({}, group)).groupId, group.groupId);
    assert.deepEqual([...lab.api.world.groups.keys()], [group.groupId]);
  });

  it("chooses the older of two without the last run's output", async () => {
    const older = { ...structuredClone(record()), groupId: "older", createdTime: 0 };
    lab.api.world.groups.set("older", older);
    assert.equal((await ensure({})).groupId, "older");
    assert.deepEqual([...lab.api.world.groups.keys()], ["older"]);
  });
});
