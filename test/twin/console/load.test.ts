/** The console's page through ten thousand uploads: what it holds, and whether it still answers. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import type { Browser, CDPSession, Page } from "playwright-core";

import { EventSource, transferEvent } from "../../../twin/events/transfer-events";
import type { FtpEvent } from "../../../twin/ftp/events";
import * as inPage from "./in-page.cjs";
import { user, WatchedTwin, watchedInChromium } from "./support";

const UPLOADS = 10_000;

/** Uploads between two looks at the page. */
const ROUND = 250;

/** Uploads of a session. */
const OF_A_SESSION = 50;

/** What the page may hold, MB. */
const MOST_MB = 150;

/** Within which a person's click has to be answered, ms: a slow machine takes its time as well. */
const ANSWER_MS = 2000;

const source: EventSource = {
  serverId: "s-0",
  serverArn: "arn:aws:transfer:ap-northeast-1:123456789012:server/s-0",
  clientIp: "100.64.0.10",
};

/** Memory of a process that it shares with no other, MB. */
function ownMb(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return (Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}

const nameOf = (number: number) => `/${"long-name-".repeat(12)}${number}.jpg`;

describe("console, ten thousand events", function () {
  this.timeout(300_000);
  let watched: WatchedTwin;
  let browser: Browser;
  let page: Page;
  let devtools: CDPSession;

  before(async function () {
    ({ watched, browser } = await watchedInChromium(this));
    page = await browser.newPage({ locale: "en-US" });
    await page.goto(watched.url);
    await page.waitForSelector("#status.connected");
    devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable");
  });
  after(async () => {
    await browser?.close();
    await watched?.stop();
  });

  /** The page's heap after a collection of garbage, MB. */
  async function heapMb(): Promise<number> {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "JSHeapUsedSize")!.value / 1e6;
  }

  /** What the page's process has for itself, its heap and its elements, MB; undefined where no system tells. */
  async function rendererMb(): Promise<number | undefined> {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const own = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => ownMb(id));
    return own.includes(undefined) ? undefined : Math.max(...(own as number[]));
  }

  /** Tells the console of uploads, as the twin would. */
  function upload(from: number, count: number): void {
    const { ftp, event } = watched.observer;
    for (let number = from; number < from + count; number++) {
      const session = `s${Math.floor(number / OF_A_SESSION)}`;
      const path = nameOf(number);
      if (number % OF_A_SESSION === 0) {
        ftp({ kind: "connected", session, address: "127.0.0.1" });
        ftp({ kind: "command", session, line: `USER ${user.name}` });
      }
      ftp({ kind: "command", session, line: `STOR ${path}` });
      const transfer: FtpEvent = {
        ...{ kind: "transfer", session, user: user.name, direction: "upload", path },
        ...{ location: `/bucket/users${path}`, bytes: number, milliseconds: 3 },
        outcome: "completed",
      };
      ftp(transfer);
      ftp({ kind: "reply", session, text: "226 Transfer complete." });
      event?.(transferEvent(transfer, new Date(0), source)!);
      if (number % OF_A_SESSION === OF_A_SESSION - 1) {
        ftp({ kind: "closed", session, reason: "QUIT" });
      }
    }
  }

  /** Chooses the session at this place of the list; how long until the page has drawn its dialogue, ms. */
  async function click(place: number): Promise<number> {
    const begun = performance.now();
    assert.equal(await page.evaluate(inPage.clickAndDraw, place), "true");
    return performance.now() - begun;
  }

  it(`stays under ${MOST_MB} MB, shows the newest, and answers clicks all along`, async () => {
    const answers: number[] = [];
    const sizes: number[] = [];
    for (let told = 0; told < UPLOADS; told += ROUND) {
      upload(told, ROUND);
      // While these are on their way.
      if (told > 0) answers.push(await click((told / ROUND) % 5));
      const newest = page.locator("#event-table tbody tr").first();
      await newest.filter({ hasText: nameOf(told + ROUND - 1) }).waitFor();
      if (told % (ROUND * 8) === 0) sizes.push(await heapMb());
    }
    sizes.push(await heapMb());
    const slowest = Math.max(...answers);
    assert.ok(slowest < ANSWER_MS, `a click took ${slowest.toFixed(0)} ms`);
    const most = Math.max(...sizes);
    assert.ok(most < MOST_MB, `${most.toFixed(0)} MB of heap`);
    const memory = await rendererMb();
    if (memory !== undefined) assert.ok(memory < MOST_MB, `${memory.toFixed(0)} MB of memory`);
    // As many elements as after the first thousands: nothing that is told stays for good.
    const nodes = await page.evaluate(inPage.countNodes);
    assert.ok(nodes < 5000, `${nodes} elements`);
  });
});
