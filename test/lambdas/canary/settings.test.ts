import assert from "node:assert/strict";

import { readSettings } from "../../../lambdas/canary/settings";

const fine = {
  FTP_ADDRESSES: "10.0.0.5,10.0.64.5",
  FTP_USER: "canary",
  FTP_PASSWORD: "Rq7mZt2KxW9bLc4",
};

describe("canary: settings", () => {
  it("are the addresses, the user, and usual values for the rest", () => {
    assert.deepEqual(readSettings(fine), {
      addresses: ["10.0.0.5", "10.0.64.5"],
      port: 21,
      user: "canary",
      password: "Rq7mZt2KxW9bLc4",
      timeoutMs: 15_000,
    });
    const { port, timeoutMs } = readSettings({ ...fine, FTP_PORT: "2121", TIMEOUT_SECONDS: "4" });
    assert.deepEqual([port, timeoutMs], [2121, 4000]);
  });

  const wrong: [string, Record<string, string>][] = [
    ["FTP_ADDRESSES", { FTP_ADDRESSES: "" }],
    ["FTP_ADDRESSES", { FTP_ADDRESSES: "10.0.0.5," }],
    ["FTP_ADDRESSES", { FTP_ADDRESSES: "ftp.plant.internal" }],
    ["FTP_USER", { FTP_USER: "" }],
    ["FTP_PASSWORD", { FTP_PASSWORD: "" }],
    ["FTP_PORT", { FTP_PORT: "65536" }],
    ["FTP_PORT", { FTP_PORT: "ftp" }],
    ["TIMEOUT_SECONDS", { TIMEOUT_SECONDS: "0" }],
    ["TIMEOUT_SECONDS", { TIMEOUT_SECONDS: "301" }],
  ];
  for (const [name, change] of wrong) {
    it(`name ${name} when it is ${JSON.stringify(Object.values(change)[0])}, and show no value`, () => {
      assert.throws(
        () => readSettings({ ...fine, ...change }),
        ({ message }: Error) => message === `Missing or not valid: ${name}`,
      );
    });
  }
});
