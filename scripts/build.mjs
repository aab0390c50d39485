/**
 * Compiles what the published package contains into dist/: JavaScript, type declarations, and the files that the code
 * reads.
 *
 *     node scripts/build.mjs
 */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const output = path.join(root, "dist");
const project = path.join(root, "tsconfig.build.json");

rmSync(output, { recursive: true, force: true });
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [compiler, "-p", project], { stdio: "inherit" });

if (status === 0) {
  for (const folder of JSON.parse(readFileSync(project, "utf8")).include) {
    cpSync(path.join(root, folder), path.join(output, folder), {
      recursive: true,
      filter: (file) => !file.endsWith(".ts"),
    });
  }
}
process.exitCode = status ?? 1;
