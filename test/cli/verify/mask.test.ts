import assert from "node:assert/strict";

import { Mask } from "../../../cli/verify/mask";

describe("Mask", () => {
  const masked = (value: unknown, isLog = false) => new Mask().value(value, isLog);

  it("replaces an account everywhere by the same one", () => {
    const policy = JSON.stringify({ Resource: "arn:aws:iam::123456789012:role/a" });
    assert.deepEqual(masked({ account: "123456789012", policy, other: "210987654321" }), {
      account: "000000000001",
      policy: JSON.stringify({ Resource: "arn:aws:iam::000000000001:role/a" }),
      other: "000000000002",
    });
    const encoded = encodeURIComponent('{"Account":"123456789012"}');
    assert.equal(masked(encoded), encodeURIComponent('{"Account":"000000000001"}'));
    assert.equal(masked("bucket-123456789012"), "bucket-000000000001");
  });

  it("replaces SIM ids, IMSIs and telephone numbers by numbers of their length", () => {
    const sim = { simId: "8981100000123456789", imsi: "440101234567890", msisdn: "818012345678" };
    assert.deepEqual(masked([sim, { simId: "8981100000999999999" }]), [
      { simId: "8980000000000000001", imsi: "898000000000001", msisdn: "000000000001" },
      { simId: "8980000000000000002" },
    ]);
  });

  it("removes secrets by field and by form, and replaces e-mail addresses", () => {
    const text =
      "hash $scrypt$ln=14,r=8,p=1$c2FsdA$aGFzaA key AKIAABCDEFGHIJKLMNOP ops@plant.example";
    assert.deepEqual(masked({ UserPassword: "pw-1", apiKey: "x", text }), {
      UserPassword: "(removed)",
      apiKey: "(removed)",
      text: "hash (removed) key (removed) mail1@example.com",
    });
  });

  it("keeps ids of resources, private addresses, times and other values", () => {
    const value = {
      server: "s-0123456789abcdef0",
      peering: "pcx-01234567890123456",
      address: "100.64.152.7",
      timestamp: 1796000000000,
      time: "1796000000000",
      ok: true,
      none: null,
      UserName: "verify-0a1b2c3d",
      secretName: "aws/transfer/{server}/{user}",
    };
    assert.deepEqual(masked(value), value);
  });

  it("replaces names of users and files in log lines, in fields and in lines of JSON", () => {
    const line = JSON.stringify({ user: "camera01", path: "/b-1/users/camera01/gate/a.jpg" });
    const event = { key: "users/camera01/b.jpg", device: "camera01" };
    assert.deepEqual(
      masked([{ message: line }, event, { "home-dir": "/b-1/users/camera01" }], true),
      [
        { message: JSON.stringify({ user: "user1", path: "/b-1/users/user1/user2/file1.jpg" }) },
        { key: "users/user1/file2.jpg", device: "user1" },
        { "home-dir": "/b-1/users/user1" },
      ],
    );
    assert.deepEqual(masked(event), event, "in a log only");
  });
});
