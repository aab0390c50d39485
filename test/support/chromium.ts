/** A browser for tests: the Chromium that is installed, if one is. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

import { Browser, chromium } from "playwright-core";

/** Path of a Chromium or Chrome: CHROMIUM names it, else it is on the PATH or where playwright puts its own. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named) return named;
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    const found = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
    if (found.status === 0) return found.stdout.trim();
  }
  const own = chromium.executablePath();
  return existsSync(own) ? own : undefined;
}

/** Starts it without a window. As root it has no sandbox to go into. */
export function startChromium(executablePath: string): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    args: [...(isRoot ? ["--no-sandbox"] : []), "--disable-dev-shm-usage"],
  });
}
