import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");

describe("soracom/start", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-start-")));
    fs.cpSync(path.join(root, "soracom"), path.join(folder, "soracom"), { recursive: true });
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  /** Runs the deletion of a VPG as `pulumi destroy` does. */
  const remove = () =>
    spawnSync(process.execPath, ["soracom/start.cjs", "vpg remove"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NODE_PATH: "" },
    });

  it("prints one sentence in a checkout without packages", () => {
    const { status, stdout, stderr } = remove();
    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal(
      stderr,
      `The SORACOM driver's packages are not installed: run npm ci in ${folder}, then the same command again.\n`,
    );
  });

  it("does not take another error for missing packages", () => {
    const loader = path.join(folder, "node_modules", "ts-node");
    fs.mkdirSync(loader, { recursive: true });
    fs.writeFileSync(path.join(loader, "register.js"), "require('./lost');");
    const { status, stderr } = remove();
    assert.notEqual(status, 0);
    assert.match(stderr, /Cannot find module '\.\/lost'/);
    assert.doesNotMatch(stderr, /npm ci/);
  });
});
