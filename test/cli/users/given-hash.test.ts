import assert from "node:assert/strict";
import { argon2id } from "hash-wasm";

import { BadHash, givenHash } from "../../../cli/users/given-hash";
import type { Site } from "../../../cli/users/site";
import {
  hashPassword,
  parseHash,
  verifyPassword,
} from "../../../lambdas/identity-provider/password";

const scrypt = { N: 1024, r: 8, p: 1 };
const row = (fields: { hash?: string; password?: string }) =>
  givenHash({ line: 2, name: "cam", fields: {}, given: [], ...fields }, { scrypt } as Site);
const bad = (message: RegExp) => ({ name: "BadHash", message });

describe("givenHash", () => {
  it("is none for a row without a hash", async () => {
    assert.equal(await row({ password: "secret" }), undefined);
  });

  it("keeps a scrypt hash, checked with the password when there is one", async () => {
    const hash = await hashPassword("secret", scrypt);
    assert.equal(await row({ hash }), hash);
    assert.equal(await row({ hash, password: "secret" }), hash);
    const rejected = row({ hash, password: "other" });
    await assert.rejects(rejected, bad(/not of the password in the same row/));
  });

  it("hashes again at the stack's cost what was hashed at a lower one, where it can", async () => {
    const cheap = await hashPassword("secret", { ...scrypt, N: 512 });
    assert.equal(await row({ hash: cheap }), cheap);
    const made = await row({ hash: cheap, password: "secret" });
    assert.equal(parseHash(made ?? "")?.parameters.N, scrypt.N);
    assert.ok(await verifyPassword("secret", made ?? ""));
  });

  it("hashes the password of an argon2 hash with scrypt", async () => {
    const options = { salt: Buffer.alloc(16, 1), iterations: 1, parallelism: 1, memorySize: 64 };
    const given = {
      password: "secret",
      hashLength: 32,
      outputType: "encoded",
      ...options,
    } as const;
    const hash = await argon2id(given);
    assert.ok(await verifyPassword("secret", (await row({ hash, password: "secret" })) ?? ""));
    await assert.rejects(row({ hash, password: "other" }), bad(/not of the password/));
    await assert.rejects(row({ hash }), bad(/does not verify argon2/));
  });

  it("never quotes a damaged hash", async () => {
    for (const hash of ["$argon2id$v=19$secret-salt", "{SSHA}secret-salt", "$scrypt$ln=30,r=8"]) {
      const error = await row({ hash, password: "x" }).catch((reason: unknown) => reason);
      assert.ok(error instanceof BadHash);
      assert.ok(!error.message.includes("secret-salt"), error.message);
    }
  });
});
