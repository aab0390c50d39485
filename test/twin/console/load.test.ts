/** The console's page through ten thousand uploads: its memory, and its response to clicks. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import type { Browser, CDPSession, Page } from "playwright-core";

import { EventSource, transferEvent } from "../../../twin/events/transfer-events";
import type { FtpEvent } from "../../../twin/ftp/events";
import * as inPage from "./in-page.cjs";
import { user, WatchedTwin, watchedInChromium } from "./support";

const uploads = 10_000;

/** Uploads between two checks of the page. */
const uploadsPerRound = 250;

const uploadsPerSession = 50;

/** The most memory of the page, in MB. */
const maxMb = 150;

const source: EventSource = {
  serverId: "s-0",
  serverArn: "arn:aws:transfer:ap-northeast-1:123456789012:server/s-0",
  clientIp: "100.64.0.10",
};

/** The private memory of a process, in MB. */
function ownMb(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return (Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}

const nameOf = (number: number) => `/${"long-name-".repeat(12)}${number}.jpg`;

describe("twin/console/page, ten thousand events", function () {
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

  /** The page's heap after garbage collection, in MB. */
  async function heapMb(): Promise<number> {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "JSHeapUsedSize")!.value / 1e6;
  }

  /** The private memory of the page's process, in MB; undefined where the system does not report it. */
  async function rendererMb(): Promise<number | undefined> {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const own = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => ownMb(id));
    return own.includes(undefined) ? undefined : Math.max(...(own as number[]));
  }

  /** Reports uploads to the console, as the twin does. */
  function upload(from: number, count: number): void {
    const { ftp, event } = watched.observer;
    for (let number = from; number < from + count; number++) {
      const session = `s${Math.floor(number / uploadsPerSession)}`;
      const path = nameOf(number);
      if (number % uploadsPerSession === 0) {
        ftp({ kind: "connected", session, address: "127.0.0.1", source: "100.64.0.10" });
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
      if (number % uploadsPerSession === uploadsPerSession - 1) {
        ftp({ kind: "closed", session, reason: "QUIT" });
      }
    }
  }

  /** Selects the session at this position of the list, and waits until the page has drawn its dialogue. */
  async function click(position: number): Promise<void> {
    assert.equal(await page.evaluate(inPage.clickAndDraw, position), "true");
  }

  it(`stays under ${maxMb} MB, shows the newest, and responds to clicks`, async () => {
    const sizes: number[] = [];
    for (let sent = 0; sent < uploads; sent += uploadsPerRound) {
      upload(sent, uploadsPerRound);
      // While these are being sent.
      if (sent > 0) await click((sent / uploadsPerRound) % 5);
      const newest = page.locator("#event-table tbody tr").first();
      await newest.filter({ hasText: nameOf(sent + uploadsPerRound - 1) }).waitFor();
      if (sent % (uploadsPerRound * 8) === 0) sizes.push(await heapMb());
    }
    sizes.push(await heapMb());
    const most = Math.max(...sizes);
    assert.ok(most < maxMb, `${most.toFixed(0)} MB of heap`);
    const memory = await rendererMb();
    if (memory !== undefined) assert.ok(memory < maxMb, `${memory.toFixed(0)} MB of memory`);
    // The number of elements is as after the first thousands: old ones are removed.
    const nodes = await page.evaluate(inPage.countNodes);
    assert.ok(nodes < 5000, `${nodes} elements`);
  });
});
