import assert from "node:assert/strict";

import { replaceLine, urnOf } from "../../../cli/core/urns";
import type { Resource } from "../../../lib/stack/resource";
import { evaluateStack } from "../../support/golden";

describe("urnOf", () => {
  it("returns the URNs of the program's Commands", async () => {
    const { resources } = await evaluateStack("dev");
    const typesOf = (resource: Resource): string => {
      const parent = resources.find(({ key }) => key === resource.parent);
      return `${parent ? `${typesOf(parent)}$` : ""}${resource.type}`;
    };
    const urns = resources
      .filter(({ type }) => type === "command:local:Command")
      .map((one) => `urn:pulumi:dev::canal-ftp::${typesOf(one)}::${one.name}`);
    for (const name of ["gateway", "peering", "group"] as const) {
      assert.ok(urns.includes(urnOf("canal-ftp", "dev", name)), urns.join("\n"));
    }
  });
});

describe("replaceLine", () => {
  it("quotes the URN for a shell", () => {
    const line = replaceLine("canal-ftp", "dev", "group");
    assert.match(line, /^pulumi up -s dev --replace '[^']*\$[^']*-sims-group'$/);
  });
});
