import assert from "node:assert/strict";
import { inspect } from "node:util";
import { RememberedLogins } from "../../../lambdas/identity-provider/remembered-logins";

describe("Remembered logins", () => {
  it("are known until their time is over", () => {
    const logins = new RememberedLogins(60);
    logins.add("cam-1", "password", "hash", 1000);
    assert.equal(logins.knows("cam-1", "password", "hash", 1000), true);
    assert.equal(logins.knows("cam-1", "password", "hash", 60_999), true);
    assert.equal(logins.knows("cam-1", "password", "hash", 61_000), false);
  });

  it("are known for that user, password and hash only, however the texts are cut", () => {
    const logins = new RememberedLogins(60);
    logins.add("cam-1", "password", "hash", 0);
    assert.equal(logins.knows("cam-2", "password", "hash", 0), false);
    assert.equal(logins.knows("cam-1", "Password", "hash", 0), false);
    assert.equal(logins.knows("cam-1", "password", "other", 0), false);
    assert.equal(logins.knows("cam-1p", "assword", "hash", 0), false);
    assert.equal(logins.knows("cam-1", 'password","hash', "", 0), false);
  });

  it("are so many at most, the newest", () => {
    const logins = new RememberedLogins(60, 3);
    for (const user of ["a", "b", "c", "a", "d"]) logins.add(user, "p", "h", 0);
    assert.equal(logins.size, 3);
    assert.deepEqual(
      ["a", "b", "c", "d"].filter((user) => logins.knows(user, "p", "h", 0)),
      ["a", "c", "d"],
    );
  });

  it("are none when the time is zero", () => {
    const logins = new RememberedLogins(0);
    logins.add("cam-1", "password", "hash", 0);
    assert.equal(logins.knows("cam-1", "password", "hash", 0), false);
    assert.equal(logins.size, 0);
  });

  it("hold no password", () => {
    const logins = new RememberedLogins(60);
    logins.add("cam-1", "Rq7mZt2KxW9bLc4", "some-hash", 0);
    assert.doesNotMatch(inspect(logins, { depth: 9 }), /Rq7mZt2KxW9bLc4|some-hash/);
  });
});
