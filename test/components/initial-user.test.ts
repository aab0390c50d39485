import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { initialUser } from "../../components/initial-user";
import { verifyPassword } from "../../lambdas/identity-provider/password";

const resolved = <T>(value: pulumi.Input<T>) =>
  new Promise<T>((done) => {
    pulumi.output(value).apply((plain) => done(plain as T));
  });

describe("components/initial-user", () => {
  it("has a secret hash of the password, the same at every evaluation", async () => {
    const user = { name: "camera01", password: "k3Jd82hsQp0xYtz" };
    const [one, two] = [initialUser("site/dev", user), initialUser("site/dev", user)];
    assert.equal(one.name, "camera01");
    assert.equal(await pulumi.isSecret(pulumi.output(one.passwordHash)), true);
    const hash = await resolved(one.passwordHash);
    assert.equal(await resolved(two.passwordHash), hash);
    assert.equal(await verifyPassword(user.password, hash), true);
    assert.equal(await verifyPassword("another", hash), false);
  });

  it("has another hash for another owner", async () => {
    const user = { name: "camera01", password: pulumi.output("k3Jd82hsQp0xYtz") };
    const hashes = ["site/dev", "site/prod"].map((owner) =>
      resolved(initialUser(owner, user).passwordHash),
    );
    assert.equal(new Set(await Promise.all(hashes)).size, 2);
  });
});
