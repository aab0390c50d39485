import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { root } from "./stack-values";

let packed: string | undefined;

/**
 * A folder outside the project whose node_modules has the package as `npm pack` makes it, and links to the packages
 * that it needs. Packed once for all tests; removed when the process ends.
 */
export function folderWithPackage(): string {
  if (packed) return packed;
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-package-")));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const options = { cwd: root, encoding: "utf8", shell: process.platform === "win32" } as const;
  const printed = execFileSync(npm, ["pack", "--json", "--pack-destination", folder], options);
  const [{ filename }] = JSON.parse(printed.slice(printed.indexOf("[\n"))) as {
    filename: string;
  }[];
  execFileSync("tar", ["-xzf", filename], { cwd: folder });
  const modules = path.join(folder, "node_modules");
  fs.mkdirSync(modules);
  fs.renameSync(path.join(folder, "package"), path.join(modules, "canal-ftp"));
  for (const name of fs.readdirSync(path.join(root, "node_modules"))) {
    if (name.startsWith(".")) continue;
    fs.symlinkSync(path.join(root, "node_modules", name), path.join(modules, name), "junction");
  }
  return (packed = folder);
}
