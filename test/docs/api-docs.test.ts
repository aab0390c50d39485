import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { root } from "../support/golden";

/** Runs typedoc with the project's settings, into a folder that goes again. */
async function typedoc(
  ...args: string[]
): Promise<{ code: number; output: string; pages: string[] }> {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-api-docs-"));
  const bin = path.join(root, "node_modules", "typedoc", "bin", "typedoc");
  try {
    const [code, output] = await new Promise<[number, string]>((resolve) => {
      execFile(
        process.execPath,
        [bin, "--out", out, ...args],
        { cwd: root },
        (error, stdout, stderr) =>
          resolve([error === null ? 0 : Number(error.code), stdout + stderr]),
      );
    });
    const pages = fs.readdirSync(out, { recursive: true, encoding: "utf8" });
    return { code, output, pages };
  } finally {
    fs.rmSync(out, { recursive: true, force: true });
  }
}

describe("npm run docs", function () {
  this.timeout(120_000);

  it("documents every export of components/, and leaves none without a sentence", async () => {
    const { code, output, pages } = await typedoc();
    assert.equal(code, 0, output);
    assert.ok(
      pages.some((page) => page.endsWith("FileStore.html")),
      pages.join(" "),
    );
  });

  it("fails for an export without one", async () => {
    const file = path.join(os.tmpdir(), `canal-ftp-undocumented-${process.pid}.ts`);
    fs.writeFileSync(file, "export class Undocumented {}\n");
    const config = path.join(os.tmpdir(), `canal-ftp-tsconfig-${process.pid}.json`);
    fs.writeFileSync(config, JSON.stringify({ files: [file] }));
    try {
      const { code, output } = await typedoc("--entryPoints", file, "--tsconfig", config);
      assert.notEqual(code, 0);
      assert.match(output, /Undocumented.*does not have any documentation/);
    } finally {
      fs.rmSync(file);
      fs.rmSync(config);
    }
  });
});
