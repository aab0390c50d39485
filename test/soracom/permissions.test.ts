import assert from "node:assert/strict";

import { simOperations } from "../../soracom/sim-api";
import { missingPermissions, neededPermissions } from "../../soracom/permissions";

const allow = (...api: string[]) => JSON.stringify({ statements: [{ effect: "allow", api }] });
const deny = (api: string, condition?: string) =>
  JSON.stringify({ statements: [{ effect: "deny", api, ...(condition && { condition }) }] });
const all = allow("VirtualPrivateGateway:*", "Group:*", "Sim:*");

describe("neededPermissions", () => {
  it("uses the names of SORACOM's permissions, which are not always those of its operations", () => {
    const needed = neededPermissions();
    for (const name of ["Sim:putTags", "Sim:deleteTag", "Group:putTags", "Group:listSubscribers"])
      assert.ok(needed.includes(name), name);
    assert.ok(!needed.some((name) => /putSimTags|putGroupTags|SubscribersInGroup/.test(name)));
  });

  it("covers every operation on SIMs", () => {
    const known: Record<string, string> = {
      listSubscribersInGroup: "Group:listSubscribers",
      getGroup: "Group:getGroup",
      putSimTags: "Sim:putTags",
      deleteSimTag: "Sim:deleteTag",
    };
    // Only virtual SIMs need it.
    for (const name of Object.keys(simOperations).filter((one) => one !== "createArcSession"))
      assert.ok(neededPermissions().includes(known[name] ?? `Sim:${name}`), name);
  });

  it("does without the creation of what exists", () => {
    const needed = neededPermissions(["vpg", "group"]);
    assert.ok(!needed.some((name) => /createVirtual|terminate|createGroup|deleteGroup/.test(name)));
    assert.ok(needed.includes("Group:deleteConfigurationParameter"));
    assert.ok(needed.includes("VirtualPrivateGateway:createVpcPeeringConnection"));
  });
});

describe("missingPermissions", () => {
  const missing = (...documents: string[]) => missingPermissions(neededPermissions(), documents);

  it("finds nothing missing with wildcards, in one document or several", () => {
    assert.deepEqual(missing(all), []);
    assert.deepEqual(missing("", allow("*:*")), []);
    assert.deepEqual(missing(allow("VirtualPrivateGateway:*"), allow("Group:*", "Sim:*")), []);
    const one = JSON.stringify({ statements: { effect: "allow", api: "*" } });
    assert.deepEqual(missing(one), []);
  });

  it("names what no document permits, and what one denies whatever others permit", () => {
    assert.deepEqual(
      missing(
        allow(
          "VirtualPrivateGateway:*",
          "Group:*",
          "Sim:get*",
          "Sim:*etSimGroup",
          "Sim:putTags",
          "Sim:deleteTag",
        ),
      ),
      ["Sim:deleteSimSession"],
    );
    assert.deepEqual(missing(all, deny("Group:delete*")), ["Group:deleteTag", "Group:deleteGroup"]);
    assert.equal(missing().length, neededPermissions().length);
    assert.equal(missing(allow("Sim:getsim")).includes("Sim:getSim"), true);
  });

  it("does not count a denial with a condition, which may not hold", () => {
    assert.deepEqual(missing(all, deny("Sim:*", "ipAddress('10.0.0.0/24')")), []);
  });
});
