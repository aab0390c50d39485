/** A twin with its console, for tests. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import type { Browser } from "playwright-core";

import { withConsole } from "../../../twin/console/console";
import type { TwinOptions } from "../../../twin/options";
import { startTwin, Twin, TwinObserver } from "../../../twin/twin";
import { findChromium, startChromium } from "../../support/chromium";
import { freeRange } from "../../support/free-ports";
import { root } from "../../support/golden";
import { evaluateHere } from "../../support/running-twin";
import { RawClient } from "../ftp/raw-client";

export const user = { name: "camera01", password: "k3Jd82hsQp0xYtz" };

export interface WatchedTwin {
  readonly twin: Twin;
  /** URL of the page, ending in "/". */
  readonly url: string;
  /** The observer of the console, for more events than devices cause in a test. */
  readonly observer: TwinObserver;
  /** A session after USER and PASS, with the reply to PASS. */
  login(name?: string, password?: string): Promise<{ client: RawClient; reply: string }>;
  stop(): Promise<void>;
}

/** The same with a browser, for a suite, which is skipped without Chromium. */
export async function watchedInChromium(
  suite: Mocha.Context,
): Promise<{ watched: WatchedTwin; browser: Browser }> {
  const chromium = findChromium();
  if (chromium === undefined) {
    console.log("    No Chromium is installed (CHROMIUM names one): the page is not tested.");
    return suite.skip();
  }
  return { watched: await watchedTwin(), browser: await startChromium(chromium) };
}

/** Starts a twin on free ports, and its console. */
export async function watchedTwin(more: Partial<TwinOptions> = {}): Promise<WatchedTwin> {
  const passivePorts = await freeRange(9);
  const data = mkdtempSync(path.join(tmpdir(), "canal-ftp-console-"));
  const options: TwinOptions = {
    ...{ stack: "dev", host: "127.0.0.1", port: 0, passivePorts },
    ...{ data, users: [user], console: 0 },
    ...more,
  };
  const quiet = { ftp: () => undefined, notice: () => undefined, fault: () => undefined };
  const setting = { timeouts: { failedLoginDelayMs: 0 }, evaluate: evaluateHere };
  let observer: TwinObserver = quiet;
  const { twin, url } = await withConsole(options, quiet, (given) => {
    observer = given;
    return startTwin(root, options, given, setting);
  });
  return {
    twin,
    url: url!,
    observer,
    async login(name = user.name, password = user.password) {
      const client = await RawClient.connect(twin.ftp.port);
      await client.send(`USER ${name}`);
      return { client, reply: await client.send(`PASS ${password}`) };
    },
    async stop() {
      await twin.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
