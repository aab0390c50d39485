/** The console's page in a browser, through what a device does. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import type { Browser, BrowserContext, Page } from "playwright-core";

import { root } from "../../support/golden";
import * as inPage from "./in-page.cjs";
import { user, WatchedTwin, watchedInChromium } from "./support";

const evil = '<img src=x onerror="document.title=1">';

describe("console, the page in Chromium", function () {
  this.timeout(60_000);
  let watched: WatchedTwin;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];

  before(async function () {
    ({ watched, browser } = await watchedInChromium(this));
  });
  after(async () => {
    await browser?.close();
    await watched?.stop();
  });

  async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
    context = await browser.newContext({ locale: "en-US", ...options });
    page = await context.newPage();
    complaints.length = 0;
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(watched.url);
    await page.waitForSelector("#status.connected");
  }
  afterEach(async () => {
    assert.deepEqual(complaints, []);
    await context?.close();
  });

  const shows = (selector: string, text: string) =>
    page.locator(selector, { hasText: text }).first().waitFor();

  it("a login and an upload: dialogue, event, file with its versions, the hop lit", async () => {
    await open();
    await shows("#hop", "Nobody is connected.");
    const { client, reply } = await watched.login();
    assert.match(reply, /^230/);
    await shows("#session-list .live", user.name);
    await shows("#dialogue .command", "PASS ***");
    await shows("#dialogue .reply", "230 ");
    await shows("#hop", "In use: FTP endpoint → Identity provider");
    await page.locator('[data-box="identity"].lit').waitFor();

    await client.send("TYPE I");
    await client.put("STOR photo.jpg", "first");
    await client.put("STOR photo.jpg", "second one");
    await page.locator('[data-box="events"].lit').waitFor();
    assert.ok((await page.locator('[data-from="endpoint"][data-to="bucket"].lit').count()) === 1);
    await shows("#dialogue .moved", "stored: /photo.jpg, 10 B");
    const event = page.locator("#event-table tbody tr").first();
    assert.match(await event.innerText(), /upload completed\s+camera01\s+.*photo\.jpg\s+10 B/s);
    const file = page.locator("#file-table tbody tr", { hasText: "users/camera01/photo.jpg" });
    await file.locator("summary").waitFor();
    assert.equal(await file.locator("summary").innerText(), "1");
    await file.locator("summary").click();
    assert.match(await file.locator("details p").innerText(), /, 5 B$/);
    await shows("#session-list", "2 stored, 0 fetched, 15 B");

    client.close();
    await shows("#session-list .over", "ended: the client closed the connection");
  });

  it("a refusal: the finding of the report, with what to do", async () => {
    await open();
    const { client } = await watched.login();
    await client.send("PASV");
    await client.send("APPE log.csv");
    const finding = page.locator('#finding-list [data-rule="append"]');
    await finding.waitFor();
    const text = await finding.innerText();
    assert.match(text, /^fails The device appends/);
    assert.match(text, /Line: APPE log\.csv/);
    assert.match(text, /What to do: Have the device write one file/);
    await shows("#dialogue .reply", "502 ");
    client.close();
  });

  it("a lockout: who is locked, from where, until when, and what frees it", async () => {
    await open();
    for (let count = 0; count < 6; count++) {
      (await watched.login("line-3", "wrong")).client.close();
    }
    const lock = page.locator("#lock-list .fails");
    await lock.waitFor();
    assert.match(
      await lock.innerText(),
      /^line-3 from 100\.64\.0\.10: locked until \d\d:\d\d:\d\d\s+Correct.*unlock line-3 --twin$/,
    );
    await page.locator('[data-box="identity"].failed').waitFor();
    await shows("#hop", "Refused at: Identity provider");
    // A page that comes later is told of it too.
    await page.reload();
    await lock.waitFor();
  });

  it("a file named like an image is shown as text, in every place, and nothing runs", async () => {
    await open();
    const { client } = await watched.login();
    await client.send("TYPE I");
    await client.put(`STOR ${evil}`, "boo");
    await client.send(`APPE ${evil}`);
    await client.send(`USER ${evil}`);
    const places = ["#event-table", "#file-table", "#dialogue", "#finding-list"];
    for (const place of places) await shows(place, evil);
    assert.equal(await page.locator("main img, main script").count(), 0);
    assert.equal(await page.title(), "canal-ftp dev");
    client.close();
  });

  it("the page itself could run no such text: its policy refuses markup and handlers", async () => {
    await open();
    const outcome = await page.evaluate(inPage.insertMarkup);
    assert.equal(outcome, "TypeError");
    complaints.length = 0;
  });

  it("a page of another origin is answered with nothing of it", async () => {
    const elsewhere: Server = createServer((_, response) => {
      response.writeHead(200, { "Content-Type": "text/html" }).end("<title>elsewhere</title>");
    });
    elsewhere.listen(0, "127.0.0.1");
    await once(elsewhere, "listening");
    try {
      context = await browser.newContext();
      page = await context.newPage();
      const failed: string[] = [];
      page.on("requestfailed", (request) => failed.push(request.url()));
      await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
      const results = await page.evaluate(inPage.reachFor, watched.url);
      assert.deepEqual(results, ["refused", "refused", "refused"]);
      assert.deepEqual(failed.map((url) => url.replace(watched.url, "")).sort(), [
        ...["format.mjs", "site.json", "site.json"],
      ]);
    } finally {
      elsewhere.close();
      elsewhere.closeAllConnections();
      complaints.length = 0;
    }
  });

  it("Japanese by the browser's wish, and by choice, which is remembered", async () => {
    await open({ locale: "ja-JP" });
    assert.equal(await page.locator("#sessions h2").innerText(), "セッション");
    await shows("#picture text", "ID プロバイダー");
    await shows("#finding-list", "対処:");
    await page.getByRole("button", { name: "English" }).click();
    await shows("#sessions h2", "Sessions");
    await shows("#picture text", "Identity provider");
    await page.reload();
    await page.waitForSelector("#status.connected");
    assert.equal(await page.locator("#sessions h2").innerText(), "Sessions");
  });

  it("a window that gets wider: its picture stays, though the one for the narrow window comes later", async () => {
    await open({ viewport: { width: 1440, height: 900 } });
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(/picture\.json.*tall/, async (route) => {
      await held;
      await route.continue();
    });
    const asked = (shape: string) =>
      page.waitForRequest((request) => request.url().includes(shape));
    const came = page.waitForResponse((response) => response.url().includes("tall"));
    await Promise.all([asked("tall"), page.setViewportSize({ width: 600, height: 900 })]);
    await Promise.all([asked("wide"), page.setViewportSize({ width: 1440, height: 900 })]);
    letGo();
    await (await came).finished();
    await page.evaluate(inPage.clickAndDraw, 0);
    const [, , width, height] = (await page.locator("#picture svg").getAttribute("viewBox"))!.split(
      " ",
    );
    assert.ok(Number(width) > Number(height), `${width} x ${height}`);
  });

  it("by keyboard: to the contents, and through the sessions by arrows", async () => {
    for (let count = 0; count < 3; count++) (await watched.login()).client.close();
    await open();
    // The page changes under the keys as long as one of them is open.
    await page.waitForFunction(inPage.settled, 3);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal((await page.evaluate(inPage.focused)).id, "main");
    await page.keyboard.press("Tab");
    const first = await page.evaluate(inPage.focused);
    assert.ok(first.session !== undefined && first.pressed === "true");
    await page.keyboard.press("ArrowDown");
    const second = await page.evaluate(inPage.focused);
    assert.ok(second.session !== undefined && second.session !== first.session);
    assert.equal(second.pressed, "true");
    await page.keyboard.press("Tab");
    assert.equal((await page.evaluate(inPage.focused)).id, "dialogue");
  });

  for (const width of [360, 820, 1440]) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`${width} pixels, ${colorScheme}: no sideways scrolling, every text of the picture in its box`, async () => {
        for (const locale of ["en-US", "ja-JP"]) {
          await open({ viewport: { width, height: 900 }, colorScheme, locale });
          const { wider, outside, back, texts } = await page.evaluate(inPage.layout);
          assert.ok(texts > 30);
          assert.equal(wider, 0);
          assert.deepEqual(outside, []);
          assert.equal(back, colorScheme === "dark" ? "rgb(13, 17, 23)" : "rgb(244, 246, 248)");
          if (locale === "en-US") await context.close();
        }
      });
    }
  }

  it("the pictures of the documentation: every text in its box, light and dark are not the same", async () => {
    await open();
    for (const file of ["dev.svg", "dev.ja.svg", "dev-tall.svg"]) {
      const svg = readFileSync(path.join(root, "docs", "pictures", file), "utf8");
      const fills: string[] = [];
      for (const colorScheme of ["light", "dark"] as const) {
        const other = await browser.newPage({ colorScheme });
        await other.setContent(svg);
        const { outside, fill, texts } = await other.evaluate(inPage.fileLayout);
        assert.ok(texts > 30);
        assert.deepEqual(outside, [], file);
        fills.push(fill);
        await other.close();
      }
      assert.notEqual(fills[0], fills[1]);
    }
  });
});
