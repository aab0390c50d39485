import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

import * as pulumi from "@pulumi/pulumi";

import { generatedPassword, passwordLine } from "../../../components/internal/generated-password";
import { make } from "../../support/evaluate-component";

describe("components/internal/generated-password", () => {
  it("prints another password each time, of 192 bits, in letters that every device and shell takes", async () => {
    const run = async () => {
      const { stdout } = await promisify(execFile)("/bin/sh", ["-c", passwordLine]);
      return (JSON.parse(stdout) as { password: string }).password;
    };
    const [first, second] = await Promise.all([run(), run()]);
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
