/** `canal-ftp picture`, and the pictures of the documentation. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { root } from "../../support/golden";

function picture(...args: string[]): string {
  const script = path.join(root, "cli", "canal-ftp.cjs");
  return execFileSync(process.execPath, [script, "picture", ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

describe("canal-ftp picture", () => {
  for (const [file, shape, lang] of [
    ["dev.svg", "wide", "en"],
    ["dev.ja.svg", "wide", "ja"],
    ["dev-tall.svg", "tall", "en"],
  ]) {
    it(`docs/pictures/${file} is what it draws`, () => {
      const kept = readFileSync(path.join(root, "docs", "pictures", file), "utf8");
      const options = ["--shape", shape, "--lang", lang];
      const renew = `canal-ftp picture ${options.join(" ")} --out docs/pictures/${file}`;
      assert.ok(kept === picture("--stack", "dev", ...options), `Renew it: ${renew}`);
    });
  }

  it("another stack and another language are another picture", () => {
    const prod = picture("--stack", "prod", "--lang", "ja");
    assert.match(prod, /canal-ftp（スタック: prod）/);
    assert.match(prod, /旧バージョンは 365 日後に削除/);
  });

  it("a stack that does not exist: lists the existing ones", () => {
    assert.throws(
      () => picture("--stack", "staging"),
      (error: { stderr: string }) => /Allowed choices are dev, prod/.test(error.stderr),
    );
  });
});
