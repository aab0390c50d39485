import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { parse } from "yaml";

import { readStackConfig } from "../../lib/stack/stack-config";
import { root } from "../support/golden";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, string | boolean | number>;
  readonly env?: Record<string, string>;
}
interface Job {
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Record<string, string>;
  readonly steps?: Step[];
  readonly permissions?: Record<string, string>;
  readonly concurrency?: { "cancel-in-progress": boolean; group: string };
  readonly "timeout-minutes"?: number;
}
interface Workflow {
  readonly on: Record<string, { inputs?: Record<string, unknown> } | null>;
  readonly permissions?: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const folder = path.join(root, ".github", "workflows");
const files = fs.readdirSync(folder).sort();
const text = (file: string) => fs.readFileSync(path.join(folder, file), "utf8");
const workflows = Object.fromEntries(files.map((file) => [file, parse(text(file)) as Workflow]));
const jobs = Object.entries(workflows).flatMap(([file, { jobs }]) =>
  Object.entries(jobs).map(([name, job]) => ({ name: `${file} ${name}`, job })),
);
const steps = jobs.flatMap(({ name, job }) => (job.steps ?? []).map((step) => ({ name, step })));

/** Paths of the project in a text: what has a folder's name before it, and the file of checks. */
const pathsIn = (given: string) =>
  given.match(/(?<![\w./-])(scripts|\.ci|\.github)\/[\w./-]+/g) ?? [];

describe("workflows", () => {
  it("are named in the documents that explain them", () => {
    const explained = {
      "checks.yml": "docs/testing.md",
      "deploy.yml": "docs/gitops.md",
      "examples.yml": "examples/README.md",
      "pulumi.yml": "docs/gitops.md",
      "release.yml": "CONTRIBUTING.md",
    };
    assert.deepEqual(files, Object.keys(explained));
    for (const [file, document] of Object.entries(explained)) {
      const page = fs.readFileSync(path.join(root, document), "utf8");
      assert.ok(page.includes(`.github/workflows/${file}`), file);
    }
  });

  it("use actions by commit, with the version next to it", () => {
    const uses = files.flatMap((file) => text(file).match(/uses: .*/g) ?? []);
    assert.ok(uses.length >= 9, `${uses.length}`);
    for (const use of uses.filter((use) => !use.includes(" ./"))) {
      assert.match(use, /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
    const pins = new Map<string, string>();
    for (const [action, pin] of uses.map((use) => use.replace("uses: ", "").split("@"))) {
      if (pin) assert.equal(pins.get(action) ?? pin, pin, `${action} in two versions`);
      pins.set(action, pin);
    }
  });

  it("name files that exist, scripts that exist, and executables that are", () => {
    const named = files.flatMap((file) => pathsIn(text(file)));
    assert.ok(named.includes(".ci/run") && named.includes("scripts/release-notes.mjs"));
    for (const file of named) assert.ok(fs.existsSync(path.join(root, file)), file);
    const { scripts } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    for (const { step } of steps) {
      for (const [, script] of step.run?.matchAll(/npm run (?:-s )?([\w-]+)/g) ?? []) {
        assert.ok(script in scripts, script);
      }
      if (step.run?.startsWith(".ci/")) fs.accessSync(path.join(root, step.run), fs.constants.X_OK);
    }
  });

  it("call the others with the inputs these take, for stacks that there are", () => {
    const calls = jobs.filter(({ job }) => job.uses);
    assert.equal(calls.length, 4);
    for (const { name, job } of calls) {
      const called = workflows[path.basename(job.uses!)];
      assert.deepEqual(
        Object.keys(job.with ?? {}).sort(),
        Object.keys(called.on.workflow_call?.inputs ?? {}).sort(),
        name,
      );
      if (job.with === undefined) continue;
      const { project } = readStackConfig(root, job.with.stack);
      const run = steps.find(({ step }) => step.with?.["stack-name"] !== undefined)!.step;
      assert.ok(String(run.with!["stack-name"]).includes(`/${project}/`));
    }
  });

  it("preview on pull requests, and deploy dev from main and prod from a release only", () => {
    const { on, jobs } = workflows["deploy.yml"];
    assert.deepEqual(on, {
      pull_request: { branches: ["main"] },
      push: { branches: ["main"] },
      release: { types: ["published"] },
    });
    const runs = Object.values(jobs).map((job) => {
      const event = /github\.event_name == '(\w+)'/.exec(job.if!)?.[1];
      return [event, job.with!.command, job.with!.stack];
    });
    assert.deepEqual(runs, [
      ["pull_request", "preview", "dev"],
      ["push", "up", "dev"],
      ["release", "up", "prod"],
    ]);
    assert.match(jobs.preview.if!, /head\.repo\.full_name == github\.repository/);
    assert.ok(!files.some((file) => text(file).includes("pull_request_target")));
  });

  it("have no more permissions than they need, and never end an up half-way", () => {
    assert.deepEqual(workflows["checks.yml"].permissions, { contents: "read" });
    assert.deepEqual(workflows["release.yml"].permissions, { contents: "read" });
    assert.deepEqual(workflows["release.yml"].jobs.release.permissions, { contents: "write" });
    assert.deepEqual(workflows["deploy.yml"].permissions, {});
    const granted = Object.entries(workflows["deploy.yml"].jobs).map(([name, { permissions }]) => [
      name,
      permissions,
    ]);
    const deploys = { contents: "read", "id-token": "write" };
    assert.deepEqual(granted, [
      ["preview", { ...deploys, "pull-requests": "write" }],
      ["dev", deploys],
      ["prod", deploys],
    ]);
    const { concurrency } = workflows["pulumi.yml"].jobs.run;
    assert.equal(concurrency?.["cancel-in-progress"], false);
    assert.match(concurrency?.group ?? "", /inputs\.stack.*inputs\.command/);
    for (const { name, job } of jobs.filter(({ job }) => job.steps)) {
      assert.ok(job["timeout-minutes"], name);
    }
  });

  it("put nothing that others write into a shell", () => {
    for (const { name, step } of steps) assert.ok(!step.run?.includes("${{"), name);
    for (const { step } of steps.filter(({ step }) => step.uses?.startsWith("actions/checkout@"))) {
      assert.equal(step.with?.["persist-credentials"], false);
    }
  });

  it("install the version of the SORACOM CLI that deployments/ installs", () => {
    const versions = steps.flatMap(({ step }) => step.env?.VERSION ?? []);
    const { config } = parse(
      fs.readFileSync(path.join(root, "deployments", "Pulumi.yaml"), "utf8"),
    ) as { config: Record<string, { default: string }> };
    assert.deepEqual(versions, [config.soracomVersion.default]);
  });

  it("pass actionlint", function () {
    const { error, stdout, status } = spawnSync("actionlint", ["-no-color"], {
      cwd: root,
      encoding: "utf8",
    });
    // Not on every machine: go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
    if ((error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") this.skip();
    assert.equal(status, 0, stdout);
  });
});
