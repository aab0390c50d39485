import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

import * as pulumi from "@pulumi/pulumi";

import { generatedPassword, passwordLine } from "../../components/canary-password";
import { make } from "../support/evaluate-component";

describe("components/canary-password", () => {
  it("prints another password each time, of 192 bits, in letters that every device and shell takes", () => {
    const run = () => {
      const line = execFileSync("/bin/sh", ["-c", passwordLine], { encoding: "utf8" });
      return (JSON.parse(line) as { password: string }).password;
    };
    const [first, second] = [run(), run()];
    assert.match(first, /^[\w-]{32}$/);
    assert.notEqual(first, second);
  });

  it("has quotation marks that cmd.exe takes as well: double ones, and none inside", () => {
    assert.match(passwordLine, /^node -p "[^"]*"$/);
    // Both shells put variables in place of these.
    assert.doesNotMatch(passwordLine, /[$%`\\!]/);
  });

  it("logs nothing of the run, and gives the password on as a secret", async () => {
    let isSecret: Promise<boolean> | undefined;
    const { child } = await make("it", () => {
      const password = generatedPassword("it-password", {});
      isSecret = pulumi.isSecret(password);
    });
    const { create, logging, environment } = child("password").inputs;
    assert.deepEqual([create, logging, environment], [passwordLine, "none", undefined]);
    assert.equal(await isSecret, true);
  });
});
