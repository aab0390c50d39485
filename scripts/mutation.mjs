/**
 * Mutation testing: StrykerJS changes the sources of a folder branch by branch and reports which changes no test
 * finds. Minutes for a small folder, hours for cli/.
 *
 *     npm run mutation -- policies lib/iam
 *
 * Without arguments all folders that have a score in docs/testing.md. StrykerJS is no dependency of the project: its
 * runner does not support mocha 12, and it is installed with a mocha of its own in .twin/stryker.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const packages = [
  "@stryker-mutator/core@9.6.1",
  "@stryker-mutator/mocha-runner@9.6.1",
  "mocha@11.7.5",
  "typescript@5.9.3",
];
const root = fileURLToPath(new URL("../", import.meta.url));
const tools = path.join(root, ".twin", "stryker");
const given = process.argv.slice(2).map((folder) => folder.replace(/\/+$/, ""));
const folders =
  given.length > 0 ? given : ["policies", "lib/iam", "lambdas/identity-provider", "cli"];
/** Tests that take many seconds, or that start processes: these run the sources without the change. */
const omitted = [
  "test/cli/canal-ftp.test.ts",
  ...["picture", "redrive", "replay", "start"].map((command) => `test/cli/${command}/**`),
  ...["files", "moto"].map((name) => `test/cli/restore/${name}.test.ts`),
  "test/cli/verify/twin-site.test.ts",
  ...["attacks", "properties"].map((name) => `test/lambdas/identity-provider/${name}.test.ts`),
];
const limits = [
  ...["--mutate", folders.map((folder) => `${folder}/**/*.ts`).join(",")],
  "--testFiles",
  [
    ...folders.map((folder) => `test/${folder}/**/*.test.ts`),
    ...omitted.map((pattern) => `!${pattern}`),
  ].join(","),
];

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const windows = process.platform === "win32";
const install = ["install", "--prefix", tools, "--no-fund", "--no-audit", "--silent", ...packages];
mkdirSync(tools, { recursive: true });
run(windows ? "npm.cmd" : "npm", install, { cwd: tools, shell: windows });
const stryker = path.join(tools, "node_modules/@stryker-mutator/core/bin/stryker.js");
run(process.execPath, [stryker, "run", ...limits], { cwd: root });
