import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { builtinModules } from "node:module";
import * as os from "node:os";
import * as path from "node:path";

import { buildSync } from "esbuild";
import { satisfies } from "semver";
import { parse } from "yaml";

import { checkConfig } from "../../deployments/check";
import { pathFilters, projectName } from "../../deployments/project";
import { installSoracom, soracomCli } from "../../deployments/soracom-cli";
import { folder, root } from "./support";

const json = (...names: string[]) =>
  JSON.parse(fs.readFileSync(path.join(...names), "utf8")) as Record<
    string,
    Record<string, string>
  >;

/** Files and packages that a deployment of the program needs. */
function needed(): { files: string[]; packages: Set<string> } {
  const packages = new Set<string>();
  const { metafile } = buildSync({
    entryPoints: ["index.ts", "soracom/main.ts", ...lambdas()],
    absWorkingDir: root,
    outdir: "out",
    bundle: true,
    packages: "external",
    platform: "node",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  for (const input of Object.values(metafile.inputs)) {
    for (const { path: name, external } of input.imports) {
      const scoped = name.startsWith("@") ? 2 : 1;
      // A relative one is a file by its name, not code that is imported.
      if (external && !/^(node:|\.)/.test(name) && !builtinModules.includes(name)) {
        packages.add(name.split("/").slice(0, scoped).join("/"));
      }
    }
  }
  return { files: Object.keys(metafile.inputs), packages };
}

/** Handlers are bundled when the program runs; what Lambda has is not to be installed. */
const lambdas = () =>
  fs
    .readdirSync(path.join(root, "lambdas"))
    .map((name) => `lambdas/${name}/handler.ts`)
    .filter((file) => fs.existsSync(path.join(root, file)));

/** As Pulumi documents it: a glob is about the whole path, and an exclusion always wins. */
function passes(file: string, filters: readonly string[]): boolean {
  const matches = (glob: string) =>
    glob.endsWith("/**") ? file.startsWith(glob.slice(0, -2)) : file === glob;
  return (
    filters.some((glob) => !glob.startsWith("!") && matches(glob)) &&
    !filters.some((glob) => glob.startsWith("!") && matches(glob.slice(1)))
  );
}

describe("deployments: the project", () => {
  it("deploys on a change of any file the program is made of, and of no other part", () => {
    const filters = pathFilters("dev");
    const { files } = needed();
    assert.ok(files.length > 60, `${files.length} files`);
    const missed = files.filter((file) => !passes(file, filters));
    assert.deepEqual(missed, []);
    for (const other of [
      "README.md",
      "cli/start/main.ts",
      "test/net/cidr.test.ts",
      "Pulumi.prod.yaml",
    ]) {
      assert.ok(!passes(other, filters), other);
    }
    for (const glob of filters) {
      const file = glob.replace(/^!|\/\*\*$/g, "").replace("/**", "");
      assert.ok(fs.existsSync(path.join(root, file)), `${glob} matches nothing`);
    }
  });

  it("leaves development dependencies out, which the program does not need", () => {
    // npm installs peers of the project itself as it installs dependencies.
    const { dependencies, peerDependencies } = json(root, "package.json");
    const installed = { ...dependencies, ...peerDependencies };
    const atRunTime = [...needed().packages].filter((name) => !name.startsWith("@aws-sdk/"));
    assert.ok(atRunTime.includes("@pulumi/aws"));
    assert.deepEqual(
      atRunTime.filter((name) => !(name in installed)),
      [],
    );
  });

  it("names the project as Pulumi.yaml does", () => {
    const { name } = parse(fs.readFileSync(path.join(root, "Pulumi.yaml"), "utf8")) as {
      name: string;
    };
    assert.equal(projectName, name);
  });

  it("asks for every key its check knows", () => {
    const { config } = parse(fs.readFileSync(path.join(folder, "Pulumi.yaml"), "utf8")) as {
      config: Record<string, { description: string }>;
    };
    const checked = checkConfig({ x: "" });
    assert.ok("mistakes" in checked);
    const keys = /keys are (.*)/.exec(checked.mistakes[0])?.[1].split(", ");
    assert.deepEqual(keys?.sort(), Object.keys(config).sort());
  });

  it("installs by itself what the tests here run with", () => {
    const own = json(folder, "package.json");
    for (const [name, range] of Object.entries({ ...own.dependencies, ...own.devDependencies })) {
      const { version } = json(root, "node_modules", name, "package.json");
      assert.ok(satisfies(String(version), range), `${name} ${String(version)}, not ${range}`);
    }
    const lock = JSON.parse(fs.readFileSync(path.join(folder, "package-lock.json"), "utf8")) as {
      packages: Record<string, { version: string; dependencies?: object }>;
    };
    assert.deepEqual(lock.packages[""].dependencies, own.dependencies);
    assert.equal(lock.packages["node_modules/@pulumi/pulumiservice"].version, "1.3.0");
  });
});

describe("deployments: install of the SORACOM CLI", () => {
  const body = "#!/bin/sh\necho v1.7.0\n";
  const sum = createHash("sha256").update(body).digest("hex");
  let work = "";
  beforeEach(() => (work = fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"))));
  afterEach(() => fs.rmSync(work, { recursive: true }));

  /** Runs the command in a folder of the test's own, with a curl that has the release. */
  function install(sha256: string, curlExits = 0) {
    const curl = `#!/bin/sh\necho "$@" >> ${work}/asked\nwhile [ "$1" != --output ]; do shift; done\nprintf '%s' '${body}' > "$2"\nexit ${curlExits}\n`;
    fs.writeFileSync(path.join(work, "curl"), curl, { mode: 0o755 });
    const cli = path.join(work, "bin", "soracom");
    const command = installSoracom("1.7.0", sha256)
      .replaceAll(soracomCli, cli)
      .replace(path.dirname(soracomCli), path.dirname(cli));
    const env = { PATH: `${work}:${process.env.PATH}` };
    const { status } = spawnSync("/bin/sh", ["-c", command], { env });
    const executable = fs.existsSync(cli) && (fs.statSync(cli).mode & 0o111) !== 0;
    return { status, executable };
  }

  it("takes the pinned release when its sum is right", () => {
    assert.deepEqual(install(sum), { status: 0, executable: true });
    const asked = fs.readFileSync(path.join(work, "asked"), "utf8");
    assert.match(asked, /soracom-cli\/releases\/download\/v1\.7\.0\/soracom_1\.7\.0_linux_amd64$/m);
  });

  it("ends the deployment when the sum is another, and when the download fails", () => {
    assert.deepEqual(install("0".repeat(64)), { status: 1, executable: false });
    assert.deepEqual(install(sum, 22), { status: 22, executable: false });
  });
});
