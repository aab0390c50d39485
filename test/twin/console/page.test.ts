/** The console's page in a browser, during the sessions of devices. */
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

describe("twin/console/page in Chromium", function () {
  this.timeout(60_000);
  let watched: WatchedTwin;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];

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
    errors.length = 0;
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await page.goto(watched.url);
    await page.waitForSelector("#status.connected");
  }
  afterEach(async () => {
    assert.deepEqual(errors, []);
    await context?.close();
  });

  const shows = (selector: string, text: string) =>
    page.locator(selector, { hasText: text }).first().waitFor();

  it("shows a login and an upload: dialogue, event, file with versions, parts in use", async () => {
    await open();
    await shows("#activity", "No device is connected.");
    const { client, reply } = await watched.login();
    assert.match(reply, /^230/);
    await shows("#session-list .live", user.name);
    await shows("#dialogue .command", "PASS ***");
    await shows("#dialogue .reply", "230 ");
    await shows("#activity", "In use: FTP endpoint → Identity provider");
    await page.locator('[data-box="identity"].lit').waitFor();

    await client.send("TYPE I");
    await client.put("STOR photo.jpg", "first");
    await client.put("STOR photo.jpg", "second one");
    await page.locator('[data-box="events"].lit').waitFor();
    assert.ok((await page.locator('[data-from="endpoint"][data-to="bucket"].lit').count()) === 1);
    await shows("#dialogue .moved", "uploaded: /photo.jpg, 10 B");
    const event = page.locator("#event-table tbody tr").first();
    assert.match(await event.innerText(), /upload completed\s+camera01\s+.*photo\.jpg\s+10 B/s);
    const file = page.locator("#file-table tbody tr", { hasText: "users/camera01/photo.jpg" });
    await file.locator("summary").waitFor();
    assert.equal(await file.locator("summary").innerText(), "1");
    await file.locator("summary").click();
    assert.match(await file.locator("details p").innerText(), /, 5 B$/);
    await shows("#session-list", "2 uploaded, 0 downloaded, 15 B");

    client.close();
    await shows("#session-list .over", "ended: the client closed the connection");
  });

  it("shows the finding of a refusal with its remedy", async () => {
    await open();
    const { client } = await watched.login();
    await client.send("PASV");
    await client.send("APPE log.csv");
    const finding = page.locator('#finding-list [data-rule="append"]');
    await finding.waitFor();
    const text = await finding.innerText();
    assert.match(text, /^fails The device appends/);
    assert.match(text, /Line: APPE log\.csv/);
    assert.match(text, /What to do: Have the device write a file/);
    await shows("#dialogue .reply", "502 ");
    client.close();
  });

  it("shows a lockout: user, address, end and remedy", async () => {
    await open();
    for (let count = 0; count < 6; count++) {
      (await watched.login("line-3", "wrong")).client.close();
    }
    const lock = page.locator("#lock-list .fails");
    await lock.waitFor();
    assert.match(
      await lock.innerText(),
      /^~[\w-]+ from 100\.64\.0\.10: locked until \d\d:\d\d:\d\d\s+No user of the stack has the name/,
    );
    await page.locator('[data-box="identity"].failed').waitFor();
    await shows("#activity", "Refused at: Identity provider");
    // A page that opens later shows it too.
    await page.reload();
    await lock.waitFor();
  });

  it("shows a file name with markup as text everywhere", async () => {
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

  it("blocks markup and handlers by its content security policy", async () => {
    await open();
    const outcome = await page.evaluate(inPage.insertMarkup);
    assert.equal(outcome, "TypeError");
    errors.length = 0;
  });

  it("returns nothing to a page of another origin", async () => {
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
      errors.length = 0;
    }
  });

  it("selects Japanese by the browser's setting or the user's, which it stores", async () => {
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

  it("keeps the picture of a widened window when the narrow one arrives later", async () => {
    await open({ viewport: { width: 1440, height: 900 } });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/picture\.json.*tall/, async (route) => {
      await held;
      await route.continue();
    });
    const requested = (shape: string) =>
      page.waitForRequest((request) => request.url().includes(shape));
    const arrived = page.waitForResponse((response) => response.url().includes("tall"));
    await Promise.all([requested("tall"), page.setViewportSize({ width: 600, height: 900 })]);
    await Promise.all([requested("wide"), page.setViewportSize({ width: 1440, height: 900 })]);
    release();
    await (await arrived).finished();
    await page.evaluate(inPage.clickAndDraw, 0);
    const [, , width, height] = (await page.locator("#picture svg").getAttribute("viewBox"))!.split(
      " ",
    );
    assert.ok(Number(width) > Number(height), `${width} x ${height}`);
  });

  it("is usable by keyboard: skip link, and arrow keys in the sessions", async () => {
    for (let count = 0; count < 3; count++) (await watched.login()).client.close();
    await open();
    // The page changes until the sessions are closed.
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
      it(`${width} pixels, ${colorScheme}: no horizontal scrolling, and every text of the picture fits in its box`, async () => {
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

  it("the pictures of the documentation fit their texts, and light and dark differ", async () => {
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
