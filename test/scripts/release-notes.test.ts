import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { root } from "../support/golden";

const changelog = `# Changelog

## [Unreleased]

### Added

- Not in the release.

## [1.2.3] - 2026-11-27

### Fixed

- A login.

## [1.2.2] - 2026-11-01

- Older.
`;

describe("scripts/release-notes", () => {
  let project: string;

  before(() => {
    project = fs.mkdtempSync(path.join(os.tmpdir(), "release-notes-"));
    fs.mkdirSync(path.join(project, "scripts"));
    const script = path.join("scripts", "release-notes.mjs");
    fs.copyFileSync(path.join(root, script), path.join(project, script));
    fs.writeFileSync(path.join(project, "CHANGELOG.md"), changelog);
  });
  after(() => fs.rmSync(project, { recursive: true }));

  function run(version: string, ...args: string[]) {
    fs.writeFileSync(path.join(project, "package.json"), JSON.stringify({ version }));
    const script = path.join(project, "scripts", "release-notes.mjs");
    return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  }

  it("prints the section of the tagged version, without its neighbours", () => {
    const { status, stdout } = run("1.2.3", "v1.2.3");
    assert.equal(stdout, "### Fixed\n\n- A login.\n");
    assert.equal(status, 0);
  });

  it("fails for a tag other than package.json's version", () => {
    const { status, stdout, stderr } = run("1.2.3", "v1.2.4");
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /Tag v1\.2\.4 given; package\.json has version 1\.2\.3/);
  });

  it("fails for a version without a section", () => {
    const { status, stderr } = run("1.3.0", "v1.3.0");
    assert.equal(status, 1);
    assert.match(stderr, /no section "## \[1\.3\.0\]/);
  });
});
