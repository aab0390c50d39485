import assert from "node:assert/strict";

import { VirtualPrivateGateway } from "../../components/vpg";
import type { Providers } from "../../lib/stack/providers";
import { providers } from "../../resources";
import { make } from "../support/evaluate-component";
import { specOf, vpgArgs } from "./soracom-support";

describe("components/VirtualPrivateGateway", () => {
  it("asks for a closed Type-F VPG, and replaces it for what cannot be changed", async () => {
    const { child } = await make("gate", () => new VirtualPrivateGateway("gate", vpgArgs));
    const command = child("gateway");
    assert.deepEqual(specOf(command), {
      coverage: "jp",
      region: "ap-northeast-1",
      type: 15,
      useInternetGateway: false,
      deviceCidr: "10.128.0.0/9",
      owner: "other-program/test/k3j9x2ab4m/gate",
      name: "gate",
    });
    assert.deepEqual(command.inputs.triggers, ["jp", "ap-northeast-1", 15, false, "10.128.0.0/9"]);
  });

  it("sets tags by a separate Command, so that a changed tag does not update the VPG's Command", async () => {
    const tags = { team: "plant" };
    const { child } = await make(
      "gate",
      () => new VirtualPrivateGateway("gate", { ...vpgArgs, tags }),
    );
    assert.equal(specOf(child("gateway")).tags, undefined);
    assert.deepEqual(specOf(child("tags")), { ...specOf(child("gateway")), tags });
    assert.equal(child("tags").inputs.delete, undefined);
    assert.match(String(child("tags").inputs.triggers), /::gate-gateway$/);
    const vpgId = "0a1b2c3d-0000-0000-0000-000000000000";
    const given = await make(
      "gate",
      () => new VirtualPrivateGateway("gate", { ...vpgArgs, vpgId, tags }),
    );
    assert.deepEqual(given.types, ["Command"], "an existing VPG keeps its tags");
  });

  it("passes an existing VPG's id on, and replaces the VPG when it changes", async () => {
    const vpgId = "0a1b2c3d-0000-0000-0000-000000000000";
    const { child } = await make(
      "gate",
      () => new VirtualPrivateGateway("gate", { ...vpgArgs, vpgId }),
    );
    assert.equal(specOf(child("gateway")).vpgId, vpgId);
    assert.ok((child("gateway").inputs.triggers as unknown[]).includes(vpgId));
  });

  it("leads to SORACOM's whole range while the VPG's own is not known", async () => {
    const unknown: Providers = {
      ...providers,
      create(...args) {
        const made = providers.create(...args);
        if (made.outputs.stdout === undefined) return made;
        const line = JSON.parse(String(made.outputs.stdout)) as object;
        return { ...made, outputs: { stdout: JSON.stringify({ ...line, vpgCidr: null }) } };
      },
    };
    let range: string | undefined;
    const read = () =>
      new VirtualPrivateGateway("gate", vpgArgs).cidr.apply((cidr) => (range = cidr));
    await make("gate", read, unknown);
    assert.equal(range, "100.64.0.0/10");
  });
});
