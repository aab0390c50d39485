/** Checks the page with axe-core, with every kind of content. */
import assert from "node:assert/strict";

import axe, { type AxeResults } from "axe-core";
import type { Browser } from "playwright-core";

import { WatchedTwin, watchedInChromium } from "./support";

/** The violations that prevent the use of the page; axe-core rates the others minor or moderate. */
const grave = ["serious", "critical"];

describe("twin/console/page, accessibility", function () {
  this.timeout(120_000);
  let watched: WatchedTwin;
  let browser: Browser;

  before(async function () {
    ({ watched, browser } = await watchedInChromium(this));
    await fill();
  });
  after(async () => {
    await browser?.close();
    await watched?.stop();
  });

  /** Open and closed sessions, findings of every severity, a lock, a message, events, files and versions. */
  async function fill(): Promise<void> {
    const { client } = await watched.login();
    await client.put("STOR text.txt", "in ASCII");
    await client.send("TYPE I");
    await client.put("STOR photo.jpg", "first");
    await client.put("STOR photo.jpg", "second");
    await client.send("APPE log.csv");
    await client.send("DELE photo.jpg");
    for (let count = 0; count < 6; count++) {
      (await watched.login("line-3", "wrong")).client.close();
    }
    watched.observer.fault("the disk is full");
    await watched.login();
  }

  /** The violations on the page, as `serious color-contrast: <element>`. */
  async function faults(
    options: Parameters<Browser["newContext"]>[0],
    spoil?: string,
  ): Promise<string[]> {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      await page.goto(watched.url);
      await page.waitForSelector("#status.connected");
      const places = ["#session-list .live", "#session-list .over", "#dialogue p"];
      const lists = ["#finding-list .fails", "#finding-list .note", "#lock-list .fails"];
      const more = ["#message-list li", "#event-table tbody tr", "#file-table tbody .deleted"];
      for (const place of [...places, ...lists, ...more]) {
        await page.locator(place).first().waitFor();
      }
      if (spoil !== undefined) await page.evaluate(spoil);
      await page.evaluate(axe.source);
      const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
      assert.ok(passes.length > 30, `${passes.length} rules checked an element`);
      return violations
        .filter(({ impact }) => grave.includes(impact ?? ""))
        .flatMap(({ impact, id, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${html}`));
    } finally {
      await context.close();
    }
  }

  for (const colorScheme of ["light", "dark"] as const) {
    for (const [locale, width] of [
      ["en-US", 1440],
      ["ja-JP", 1440],
      ["en-US", 360],
    ] as const) {
      it(`${colorScheme}, ${locale}, ${width} pixels: no serious violation`, async () => {
        const viewport = { width, height: 900 };
        assert.deepEqual(await faults({ colorScheme, locale, viewport }), []);
      });
    }
  }

  it("finds text without contrast and a button without a name", async () => {
    const found = await faults(
      { locale: "en-US" },
      `document.querySelector("h2").style.color = "#ccc";
       document.querySelector(".languages button").textContent = "";`,
    );
    assert.ok(
      found.some((each) => each.startsWith("serious color-contrast: <h2")),
      found.join("\n"),
    );
    assert.ok(
      found.some((each) => each.startsWith("critical button-name: <button")),
      found.join("\n"),
    );
  });
});
