/**
 * Runs the unit, program, twin and engine levels in a copy of the repository with the newest @pulumi/pulumi on the
 * newest Node LTS. The lock file of the repository stays at the newest SDK for Node 20.
 *
 *     node scripts/newest-sdk.mjs [folder of tests …]
 *
 * The npm package `node` brings the binary. Needs the network for the installation; the tests do not.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The major version of the newest Node release that is an LTS. */
const nodeMajor = 24;
const levels = ["lib", "resources", "lambdas", "soracom", "fakes"]
  .concat(["stacks", "components", "examples", "policies"])
  .concat(["twin", "engine"])
  .map((folder) => `test/${folder}`);

const root = fileURLToPath(new URL("../", import.meta.url));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Every file of the repository, with what is not committed yet. */
function copyTo(folder) {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const deleted = execFileSync("git", ["ls-files", "-z", "--deleted"], {
    cwd: root,
    encoding: "utf8",
  });
  const gone = new Set(deleted.split("\0"));
  const files = execFileSync("git", list, { cwd: root, encoding: "utf8" }).split("\0");
  for (const file of files.filter((name) => name !== "" && !gone.has(name))) {
    cpSync(path.join(root, file), path.join(folder, file), { verbatimSymlinks: true });
  }
}

function run(command, args, cwd, env = process.env) {
  const { status, error } = spawnSync(command, args, {
    cwd,
    env,
    stdio: "inherit",
    shell: command.endsWith(".cmd"),
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${command} ${args.slice(0, 2).join(" ")} … ended with ${status}`);
}

/** The environment in which `node` is the one of the copy. */
function copyEnvironment(copy) {
  const bin = path.join(copy, "node_modules", "node", "bin");
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...process.env, [name]: `${bin}${path.delimiter}${process.env[name]}` };
}

function test(copy, folders) {
  run(
    npm,
    [
      "install",
      "--no-fund",
      "--no-audit",
      "--silent",
      "@pulumi/pulumi@latest",
      `node@${nodeMajor}`,
    ],
    copy,
  );
  const env = copyEnvironment(copy);
  // The certificates of the machine are for the installation: see .ci/run.
  delete env.NODE_EXTRA_CA_CERTS;
  const output = (code) =>
    execFileSync("node", ["-p", code], { cwd: copy, env, encoding: "utf8" }).trim();
  const version = output("process.version");
  if (output("process.release.lts ?? ''") === "")
    throw new Error(`Node ${version} is not an LTS release`);
  const sdk = JSON.parse(
    readFileSync(path.join(copy, "node_modules/@pulumi/pulumi/package.json"), "utf8"),
  );
  process.stdout.write(`@pulumi/pulumi ${sdk.version} on Node ${version}: ${folders.join(" ")}\n`);
  run("node", ["node_modules/typescript/bin/tsc"], copy, env);
  run("node", ["node_modules/mocha/bin/mocha.js", ...folders], copy, env);
}

const copy = mkdtempSync(path.join(tmpdir(), "newest-sdk-"));
try {
  copyTo(copy);
  const named = process.argv.slice(2);
  test(copy, named.length > 0 ? named : levels);
} catch (error) {
  process.stderr.write(`newest-sdk: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
