import assert from "node:assert/strict";
import { scryptSync } from "node:crypto";
import fc from "fast-check";
import {
  areAcceptable,
  isHashable,
  defaultParameters,
  dummyHash,
  hashPassword,
  isBelow,
  parseHash,
  verifyPassword,
} from "../../../lambdas/identity-provider/password";
import { cheap } from "./support/fixtures";

// The third test vector of RFC 7914, section 12, of which ours is the first half: scrypt makes its output
// from left to right.
const rfc7914 = {
  password: "pleaseletmein",
  salt: "SodiumChloride",
  hash: "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2",
};

describe("Password hashes", () => {
  it("agree with RFC 7914", async () => {
    const unpadded = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
    const salt = unpadded(Buffer.from(rfc7914.salt));
    const phc = `$scrypt$ln=14,r=8,p=1$${salt}$${unpadded(Buffer.from(rfc7914.hash, "hex"))}`;
    assert.equal(await verifyPassword(rfc7914.password, phc), true);
    assert.equal(await verifyPassword("pleaseletmeout", phc), false);
  });

  it("are PHC strings with the parameters, a salt of 16 bytes and a hash of 32", async () => {
    assert.match(
      await hashPassword("secret", cheap),
      /^\$scrypt\$ln=4,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
    assert.match(await hashPassword("secret"), /^\$scrypt\$ln=14,r=8,p=1\$/);
    assert.deepEqual(defaultParameters, { N: 16384, r: 8, p: 1 });
  });

  it("differ for the same password, unless the salt is given", async () => {
    assert.notEqual(await hashPassword("secret", cheap), await hashPassword("secret", cheap));
    const salt = Buffer.alloc(16, 7);
    assert.equal(
      await hashPassword("secret", { salt, ...cheap }),
      await hashPassword("secret", { salt, ...cheap }),
    );
  });

  it("verify the password they were made of and no other", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 40, unit: "binary" }).filter(isHashable),
        fc.string({ maxLength: 40, unit: "binary" }),
        async (password, other) => {
          const phc = await hashPassword(password, cheap);
          assert.equal(await verifyPassword(password, phc), true);
          assert.equal(await verifyPassword(other, phc), other === password);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("are not made of an empty password, nor with parameters that could not be checked", async () => {
    await assert.rejects(hashPassword("", cheap), RangeError);
    await assert.rejects(hashPassword("secret\0", cheap), RangeError);
    // HMAC fills the key with NULs: the two have the same hash.
    const phc = await hashPassword("secret", cheap);
    assert.equal(await verifyPassword("secret\0", phc), false);
    await assert.rejects(hashPassword("x", { N: 1000 }), RangeError);
    await assert.rejects(hashPassword("x", { N: 2 ** 20 }), RangeError);
    await assert.rejects(hashPassword("x", { salt: Buffer.alloc(7) }), RangeError);
  });

  it("never verify an empty password, even one that was hashed elsewhere", async () => {
    const hash = scryptSync("", Buffer.alloc(16), 32, cheap).toString("base64").replace("=", "");
    assert.equal(await verifyPassword("", `$scrypt$ln=4,r=8,p=1$${"A".repeat(22)}$${hash}`), false);
  });

  it("that are damaged verify nothing and cost nothing", async () => {
    const good = await hashPassword("secret", cheap);
    const damaged = [
      "",
      "secret",
      good.slice(1),
      `${good}$`,
      `${good}=`,
      ` ${good}`,
      `${good}\n`,
      good.replace("scrypt", "argon2id"),
      good.replace("ln=4", "ln=04x"),
      good.replace("ln=4", "ln=-4"),
      good.replace("ln=4", "ln=0"),
      good.replace("ln=4,", ""),
      good.replace("r=8", "r=0"),
      good.replace("p=1", "p=0"),
      good.slice(0, 40),
      good.slice(0, -2),
      `${good}AA`,
      good.replace(/\$[^$]+\$([^$]+)$/, "$$AAAA$$$1"),
      `$scrypt$ln=4,r=8,p=1$${"A".repeat(22)}$${"A".repeat(300)}`,
    ];
    for (const phc of damaged) {
      const compute = () => assert.fail(`computed for ${phc}`);
      assert.equal(await verifyPassword("secret", phc, compute), false, phc);
    }
  });

  it("cannot require unlimited memory or time", () => {
    const hash = (parameters: string) =>
      `$scrypt$${parameters}$${"A".repeat(22)}$${"A".repeat(43)}`;
    for (const parameters of [
      "ln=30,r=8,p=1",
      "ln=99,r=8,p=1",
      "ln=17,r=8,p=1",
      "ln=14,r=999,p=1",
      "ln=14,r=8,p=99",
      "ln=16,r=8,p=8",
      "ln=1,r=1,p=99",
      // RFC 7914: N is less than 2^(128 r / 8).
      "ln=16,r=1,p=1",
    ]) {
      assert.equal(parseHash(hash(parameters)), undefined, parameters);
    }
    assert.ok(parseHash(hash("ln=16,r=8,p=2")));
    assert.ok(parseHash(hash("ln=15,r=1,p=1")));
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (N, r, p) => {
        if (areAcceptable({ N, r, p })) assert.ok(128 * N * r <= 2 ** 26 && N * r * p <= 2 ** 20);
      }),
    );
  });

  it("of the largest parameters taken can be computed", async () => {
    assert.equal(await verifyPassword("x", await hashPassword("x", { N: 2 ** 16, r: 8 })), true);
    assert.equal(await verifyPassword("x", await hashPassword("x", { N: 2, r: 8, p: 8 })), true);
  });

  it("are below others when any parameter is", () => {
    const now = { N: 2 ** 14, r: 8, p: 1 };
    assert.equal(isBelow(dummyHash(now), now), false);
    assert.equal(isBelow(dummyHash({ ...now, N: 2 ** 13 }), now), true);
    assert.equal(isBelow(dummyHash(now), { ...now, p: 2 }), true);
    assert.equal(isBelow(dummyHash({ ...now, N: 2 ** 15 }), now), false);
    assert.equal(isBelow("damaged", now), false);
  });

  it("of a dummy have the shape of real ones", () => {
    assert.deepEqual(parseHash(dummyHash(cheap))?.parameters, cheap);
  });
});
