import assert from "node:assert/strict";

import { SoracomClaim, type SoracomClaimArgs } from "../../components/soracom-claim";
import { make } from "../support/evaluate-component";
import { specOf } from "./soracom-support";

describe("components/SoracomClaim", () => {
  const args: SoracomClaimArgs = { coverage: "jp", prefix: "other-program/test" };
  const claimOf = async (more: Partial<SoracomClaimArgs> = {}) => {
    let owner = "";
    const { child, types } = await make("claim", () => {
      new SoracomClaim("claim", { ...args, ...more }).owner.apply((id) => (owner = id));
    });
    assert.deepEqual(types, ["Command"]);
    return { command: child("claim"), owner };
  };

  it("is one Command that is never replaced: its delete would remove what carries the id", async () => {
    const { command, owner } = await claimOf();
    assert.deepEqual(specOf(command), args);
    assert.deepEqual(command.inputs.triggers, []);
    const { create, update, delete: remove } = command.inputs;
    assert.deepEqual([create, update, remove], ["claim ensure", "claim ensure", "claim remove"]);
    assert.match(owner, /^other-program\/test\/\w{10}$/);
  });

  it("takes over an owner id, and passes on what exists before", async () => {
    const given = "other-program/test/aaaaaaaaaa";
    const { command, owner } = await claimOf({ owner: given, existing: ["vpg", "group"] });
    assert.deepEqual(specOf(command), { ...args, owner: given, existing: ["vpg", "group"] });
    assert.equal(owner, given);
    assert.deepEqual(specOf((await claimOf({ existing: [] })).command), args);
  });
});
