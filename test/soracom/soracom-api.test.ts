import assert from "node:assert/strict";

import type { Caller, RetryPolicy } from "../../soracom/caller";
import { ApiError, NoResponseError } from "../../soracom/errors";
import { Soracom } from "../../soracom/soracom-api";

const refusal = new ApiError("vpg get", "X0001", "no");

/** SORACOM whose calls end as given, by their words: with an answer, or an error that is thrown. */
function soracomOf(answers: Readonly<Record<string, unknown>>) {
  const calls: [string, readonly string[], RetryPolicy][] = [];
  const caller = {
    call: async (words: readonly string[], flags: readonly string[], retry: RetryPolicy) => {
      calls.push([words.join(" "), flags, retry]);
      const answer = answers[words.join(" ")];
      await Promise.resolve();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { soracom: new Soracom(caller as unknown as Caller), calls };
}

describe("Soracom", () => {
  describe("finds by id", () => {
    it("what SORACOM returns for the id", async () => {
      const { soracom, calls } = soracomOf({ "vpg get": { vpgId: "v1" } });
      assert.deepEqual(await soracom.findVpg("v1"), { vpgId: "v1" });
      assert.deepEqual(calls, [["vpg get", ["--vpg-id", "v1"], "untilAnswered"]]);
    });

    it("by the whole list after a refusal, which may not be a 404", async () => {
      const listed = {
        "groups get": refusal,
        "groups list": [{ groupId: "g0" }, { groupId: "g1" }],
      };
      assert.deepEqual(await soracomOf(listed).soracom.findGroup("g1"), { groupId: "g1" });
      assert.equal(await soracomOf(listed).soracom.findGroup("g2"), undefined);
    });

    it("nothing when there was no answer, which proves nothing", async () => {
      const noAnswer = new NoResponseError("vpg get", "time-out");
      const { soracom } = soracomOf({ "vpg get": noAnswer, "vpg list": [] });
      await assert.rejects(soracom.findVpg("v1"), noAnswer);
    });

    it("nothing when another id was returned", async () => {
      const { soracom } = soracomOf({ "vpg get": { vpgId: "other" } });
      await assert.rejects(soracom.findVpg("v1"), {
        name: "DriverError",
        message: /^"soracom vpg get" succeeded but did not print the vpgId v1\. /,
      });
    });
  });

  it("compares the owner again, as the filter may not have been applied", async () => {
    const mine = { vpgId: "v1", tags: { "canal-ftp-owner": "a" } };
    const others = [{ vpgId: "v2", tags: { "canal-ftp-owner": "b" } }, { vpgId: "v3" }];
    const { soracom, calls } = soracomOf({ "vpg list": [mine, ...others] });
    assert.deepEqual(await soracom.vpgsOwnedBy("a"), [mine]);
    assert.ok(calls[0][1].includes("--fetch-all"));
  });

  it("takes no list for an empty one when something else was printed", async () => {
    for (const answer of [undefined, {}, "[]"]) {
      const { soracom } = soracomOf({ "groups list": answer });
      await assert.rejects(soracom.listGroups(), /"soracom groups list" .* did not print a list/);
    }
  });

  it("creates once only, and rejects a creation without an id", async () => {
    const body = { type: 15 };
    const { soracom, calls } = soracomOf({ "vpg create": { vpgId: "v1" } });
    assert.equal((await soracom.createVpg(body)).vpgId, "v1");
    assert.deepEqual(calls, [["vpg create", ["--body", '{"type":15}'], "once"]]);
    for (const answer of [undefined, {}, { vpgId: "" }, { vpgId: 1 }]) {
      const failing = soracomOf({ "vpg create": answer }).soracom.createVpg(body);
      await assert.rejects(failing, /did not print the vpgId\. /);
    }
    const peer = { ownerId: "1", region: "r", vpcId: "vpc-1", cidr: "10.0.0.0/16" };
    const peering = soracomOf({ "vpg create-vpc-peering-connection": { id: "pcx-1" } });
    assert.equal(await peering.soracom.createPeering("v1", peer), "pcx-1");
    assert.equal(peering.calls[0][2], "once");
  });

  it("repeats deletions only until they are answered, and tags until they are set", async () => {
    const { soracom, calls } = soracomOf({});
    await soracom.terminateVpg("v1");
    await soracom.deletePeering("v1", "pcx-1");
    await soracom.deleteGroup("g1");
    await soracom.putVpgTags("v1", { a: "1", b: "2" });
    assert.deepEqual(
      calls.map(([, , retry]) => retry),
      ["untilAnswered", "untilAnswered", "untilAnswered", "untilDone"],
    );
    assert.deepEqual(JSON.parse(calls[3][1][3]), [
      { tagName: "a", tagValue: "1" },
      { tagName: "b", tagValue: "2" },
    ]);
  });
});
