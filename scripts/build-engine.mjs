/**
 * Builds Pulumi's engine from its Go module, for the engine tests on a machine without the Pulumi CLI, and prints the
 * folder to add to the PATH. Takes about five minutes the first time.
 *
 *     PATH="$(node scripts/build-engine.mjs):$PATH" npm test
 *
 * CANAL_FTP_ENGINE: the folder of the engine. Default: .cache/canal-ftp/engine-<version> in the home folder.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";

const version = "3.259.0";
const module = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const program = process.platform === "win32" ? "pulumi.exe" : "pulumi";

const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache");
const folder = process.env.CANAL_FTP_ENGINE ?? path.join(cache, "canal-ftp", `engine-${version}`);

function log(text) {
  process.stderr.write(`build-engine: ${text}\n`);
}

/** Runs a command to its end, with progress every half minute. */
function run(args, cwd) {
  const started = Date.now();
  const timer = setInterval(() => log(`${Math.round((Date.now() - started) / 1000)} s`), 30_000);
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (chunk) => (errors += chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`go ${args[0]} failed:\n${errors}`)),
    );
  }).finally(() => clearInterval(timer));
}

async function build() {
  if (spawnSync("go", ["version"]).status !== 0) {
    throw new Error(
      "Building the engine needs Go; or install the Pulumi CLI from https://www.pulumi.com/docs/install/.",
    );
  }
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(path.join(tmpdir(), "build-engine-"));
  try {
    await run(["mod", "init", "canal-ftp/engine"], work);
    log(`downloading Pulumi ${version}`);
    await run(["get", `${module}@v${version}`], work);
    log("compiling; this takes minutes");
    const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
    // Renamed when it is complete: an interrupted build leaves no engine.
    const part = path.join(folder, `${program}.part`);
    await run(["build", "-o", part, "-ldflags", `-s -w ${versionFlag}`, module], work);
    renameSync(part, path.join(folder, program));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

try {
  if (existsSync(path.join(folder, program))) log(`Pulumi ${version} exists`);
  else await build();
  process.stdout.write(`${folder}\n`);
} catch (error) {
  log(error.message);
  process.exitCode = 1;
}
