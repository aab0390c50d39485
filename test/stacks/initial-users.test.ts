import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { isBelow, parseHash } from "../../lambdas/identity-provider/password";
import { readSettings } from "../../lambdas/identity-provider/settings";
import { ofType } from "../../lib/stack/resource";
import { warnedUsers } from "../../stacks/initial-users";
import { evaluateStack } from "../support/golden";

interface UserItem {
  readonly pk: { readonly S: string };
  readonly passwordHashes?: { readonly L: { readonly S: string }[] };
}

/** The hashes of the users that a stack creates, by their keys, and the parameters of its login function. */
async function hashesAt(scryptLn: number) {
  const { resources } = await evaluateStack("dev", {
    "canal-ftp:canary": "true",
    "canal-ftp:scryptLn": String(scryptLn),
  });
  const items = ofType(resources, "aws:dynamodb/tableItem:TableItem").map(
    ({ inputs }) => JSON.parse(String(inputs.item)) as UserItem,
  );
  const login = resources.find(({ name }) => name.endsWith("-login-function"))!;
  const { variables } = login.inputs.environment as { variables: Record<string, string> };
  const credentials = {
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "A",
    AWS_SECRET_ACCESS_KEY: "s",
  };
  return {
    hashes: new Map(
      items.flatMap(({ pk, passwordHashes }) =>
        (passwordHashes?.L ?? []).map(({ S }) => [pk.S, S] as const),
      ),
    ),
    parameters: readSettings({ ...variables, ...credentials }).scrypt,
  };
}

describe("stacks/initial-users", () => {
  const { warn } = pulumi.log;
  const warnings: string[] = [];
  before(() => {
    (pulumi.log as { warn: unknown }).warn = (text: string) => void warnings.push(text);
  });
  after(() => {
    (pulumi.log as { warn: unknown }).warn = warn;
  });

  it("are one record per user, with warnings of what devices do not accept", () => {
    const users = [
      { name: "camera01", password: "k3Jd82hsQp0xYtz" },
      { name: "Camera_of_the_gate", password: "short" },
    ];
    const names = warnedUsers(users).map(({ name }) => name);
    assert.deepEqual(names, ["camera01", "Camera_of_the_gate"]);
    assert.equal(warnings.length, 2, warnings.join("\n"));
    assert.match(warnings[0], /^User Camera_of_the_gate: some devices accept only names/);
    assert.match(warnings[1], /fewer than 8 characters/);
    assert.doesNotMatch(warnings.join(), /short/);
  });

  it("hashes configured users and the canary at scryptLn, so that no login replaces a hash", async () => {
    for (const scryptLn of [12, 14, 15]) {
      const { hashes, parameters } = await hashesAt(scryptLn);
      assert.deepEqual([...hashes.keys()].sort(), ["user#camera01", "user#canary"]);
      for (const [user, hash] of hashes) {
        assert.equal(parseHash(hash)?.parameters.N, 2 ** scryptLn, user);
        assert.equal(isBelow(hash, parameters), false, user);
      }
    }
  });

  it("hashes them the same at every evaluation", async () => {
    const { hashes } = await hashesAt(15);
    const again = await evaluateStack("dev", {
      "canal-ftp:canary": "true",
      "canal-ftp:scryptLn": "15",
      "canal-ftp:dashboard": "false",
    });
    const text = JSON.stringify(again.resources.map(({ inputs }) => inputs.item));
    for (const hash of hashes.values()) assert.ok(text.includes(hash));
  });
});
