import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { evaluate } from "../../lib/stack/evaluate";
import { readStackConfig } from "../../lib/stack/stack-config";
import { providers } from "../../resources";
import { root } from "../support/golden";
import { languageHost, patience, pulumi, skipWithoutEngine, Workplace } from "./workplace";

/** PATH with the language host before all else. */
const withHost = (given: string) => [languageHost, given].join(path.delimiter);

describe("pulumi preview as a user types it, with the engine", function () {
  this.timeout(patience);
  let place: Workplace;

  before(async function () {
    skipWithoutEngine(this);
    place = await Workplace.open("dev");
    place.env.PATH = withHost(place.env.PATH);
  });

  after(() => place?.close());

  /** In the project's own folder, so that Pulumi's runner finds the program by itself; all else stays outside. */
  const preview = (from = root) =>
    place.pulumi(
      "preview",
      "-C",
      from,
      "--config-file",
      path.join(place.folder, "Pulumi.dev.yaml"),
    );

  it("finds the program, as Pulumi.yaml and package.json name it", async () => {
    const printed = await preview();
    assert.match(printed, /canal-ftp-dev-ftp-server +create/);
    assert.match(printed, /\d{2} to create/);
  });

  it("finds it, and what Node is to load first, from any folder of the project", async () => {
    assert.match(await preview(path.join(root, "lambdas")), /\d{2} to create/);
  });

  it("reports what is wrong with a configuration, and nothing of the program's inside", async () => {
    await place.set("vpcCidr", "10.0.0.0/8");
    await assert.rejects(preview(), (error: Error) => {
      assert.match(error.message, /canal-ftp:vpcCidr: "10\.0\.0\.0\/8" given; allowed: /);
      assert.doesNotMatch(error.message, /\n +at /);
      return true;
    });
  });
});

/** What the repository has in addition to the program is copied in the same way; the copy is only larger. */
const left = new Set(["node_modules", "api-docs", "docs", "test", "bench", "twin"]);

describe("pulumi new from the repository, with the engine", function () {
  this.timeout(patience);
  let work: string;

  before(function () {
    skipWithoutEngine(this);
    work = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-new-")));
    for (const part of fs.readdirSync(root)) {
      if (left.has(part) || part.startsWith(".")) continue;
      fs.cpSync(path.join(root, part), path.join(work, "template", part), { recursive: true });
    }
  });

  after(() => fs.rmSync(work ?? "", { recursive: true, force: true }));

  /** Makes a project of this name. */
  async function make(name: string): Promise<string> {
    const folder = path.join(work, name);
    const state = path.join(work, `${name}-state`);
    fs.mkdirSync(state);
    await pulumi(
      [
        "new",
        path.join(work, "template"),
        "--generate-only",
        "--yes",
        "--name",
        name,
        "--dir",
        folder,
      ],
      work,
      {
        PATH: withHost(process.env.PATH ?? ""),
        PULUMI_BACKEND_URL: `file://${state}`,
        PULUMI_HOME: path.join(work, `${name}-home`),
      },
    );
    fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    return folder;
  }

  const evaluateIn = (folder: string) => {
    const { project, values } = readStackConfig(folder, "dev");
    return evaluate({
      program: async () => {
        const { default: program } = (await import(path.join(folder, "index.ts"))) as {
          default: () => unknown;
        };
        return program();
      },
      providers,
      project,
      stack: "dev",
      config: values,
    });
  };

  it("creates a project that evaluates without changes", async () => {
    const folder = await make("canal-ftp");
    const { project, resources } = await evaluateIn(folder);
    assert.equal(project, "canal-ftp");
    assert.ok(resources.length > 80, String(resources.length));
    assert.doesNotMatch(fs.readFileSync(path.join(folder, "Pulumi.yaml"), "utf8"), /^template:/m);
  });

  it("changes nothing but Pulumi.yaml, for any name", async () => {
    const folder = await make("my-ftp");
    const template = path.join(work, "template");
    const changed = (fs.readdirSync(template, { recursive: true }) as string[]).filter((file) => {
      const [from, to] = [path.join(template, file), path.join(folder, file)];
      return fs.statSync(from).isFile() && !fs.readFileSync(from).equals(fs.readFileSync(to));
    });
    assert.deepEqual(changed, ["Pulumi.yaml"]);
    await assert.rejects(
      evaluateIn(folder),
      /keys of canal-ftp, and this project is called my-ftp: write my-ftp: for canal-ftp:/,
    );
    for (const file of ["Pulumi.dev.yaml", "Pulumi.prod.yaml"]) {
      const text = fs.readFileSync(path.join(folder, file), "utf8");
      fs.writeFileSync(path.join(folder, file), text.replaceAll("canal-ftp:", "my-ftp:"));
    }
    const { resources } = await evaluateIn(folder);
    assert.ok(resources.some(({ name }) => name === "my-ftp-dev-ftp-server"));
  });
});
