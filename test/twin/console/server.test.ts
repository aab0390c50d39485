/** The console over HTTP: contents, access and headers. */
import assert from "node:assert/strict";
import { get, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";

import { withConsole } from "../../../twin/console/console";
import { user, WatchedTwin, watchedTwin } from "./support";

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

describe("twin/console/server", () => {
  let watched: WatchedTwin;
  before(async () => {
    watched = await watchedTwin();
  });
  after(() => watched.stop());

  function ask(
    path: string,
    headers: Record<string, string> = {},
    method = "GET",
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request(new URL(path, watched.url), { headers, method }, (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () =>
          resolve({ status: response.statusCode, headers: response.headers, body }),
        );
      });
      asked.on("error", reject).end();
    });
  }

  it("serves the page and its files in the requested language", async () => {
    const page = await ask("/", { "accept-language": "ja,en;q=0.5" });
    assert.equal(page.status, 200);
    assert.match(page.body, /<html lang="ja">/);
    const named = [...page.body.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path]) => path);
    assert.ok(named.length >= 4);
    const seen = new Set<string>();
    for (let path = named.shift(); path !== undefined; path = named.shift()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const { status, body } = await ask(path);
      assert.equal(status, 200, path);
      named.push(...[...body.matchAll(/from "\.(\/\w[\w-]*\.mjs)"/g)].map(([, name]) => name));
    }
    assert.ok(seen.has("/findings-ja.mjs"));
  });

  it("forbids foreign scripts, framing and content sniffing in every response", async () => {
    for (const path of ["/", "/main.mjs", "/site.json", "/nothing"]) {
      const { headers } = await ask(path);
      const policy = String(headers["content-security-policy"]);
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /script-src 'self'(;|$)/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe|\*/);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["cross-origin-resource-policy"], "same-origin");
      assert.equal(headers["access-control-allow-origin"], undefined);
    }
  });

  it("responds with 403 to other origins and to other host names, also for the feed", async () => {
    for (const path of ["/", "/feed", "/files.json", "/main.mjs"]) {
      assert.equal((await ask(path, { origin: "https://example.com" })).status, 403, path);
      assert.equal((await ask(path, { host: "evil.example" })).status, 403, path);
    }
    const preflight = await ask("/files.json", { origin: "https://example.com" }, "OPTIONS");
    assert.equal(preflight.status, 403);
    assert.equal((await ask("/", { origin: new URL(watched.url).origin })).status, 200);
  });

  it("responds with 405 to other methods and 404 to unknown paths, inside its folder only", async () => {
    assert.equal((await ask("/", {}, "POST")).status, 405);
    for (const path of ["/constructor", "/page/main.mjs", "/%2e%2e/server.ts"]) {
      assert.equal((await ask(path)).status, 404, path);
    }
    const port = Number(new URL(watched.url).port);
    const raw = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("data", (chunk: Buffer) => {
        resolve(chunk.toString());
        socket.destroy();
      });
      socket.write(`GET /../server.ts HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    });
    assert.match(raw, /^HTTP\/1\.1 404/);
  });

  it("responds to an invalid URL and continues", async () => {
    const port = Number(new URL(watched.url).port);
    const raw = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("data", (chunk: Buffer) => {
        resolve(chunk.toString());
        socket.destroy();
      });
      socket.write(`GET // HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    });
    assert.match(raw, /^HTTP\/1\.1 404/);
    assert.equal((await ask("/")).status, 200);
  });

  it("listens on loopback, has the picture in both languages, and allows eight pages", async () => {
    assert.match(watched.url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    assert.match((await ask("/picture.json?lang=ja&shape=tall")).body, /"FTP エンドポイント"/);
    assert.match((await ask("/picture.json?lang=xx")).body, /"FTP endpoint"/);
    const pages = await Promise.all(
      Array.from(
        { length: 8 },
        () =>
          new Promise<IncomingMessage>((resolve) => get(new URL("/feed", watched.url), resolve)),
      ),
    );
    assert.equal((await ask("/feed")).status, 503);
    pages.forEach((page) => page.destroy());
  });

  it("contains no password, correct or wrong", async () => {
    (await watched.login()).client.close();
    (await watched.login("camera01", "NotTheRightOne1")).client.close();
    const feed = await new Promise<string>((resolve) => {
      get(new URL("/feed", watched.url), (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => {
          text += chunk.toString();
          if (text.includes("530 ")) {
            response.destroy();
            resolve(text);
          }
        });
      });
    });
    const given = [feed, (await ask("/site.json")).body, (await ask("/files.json")).body].join();
    assert.match(given, /PASS \*\*\*/);
    for (const password of [user.password, "NotTheRightOne1"]) assert.ok(!given.includes(password));
  });

  it("reports a port in use, and stops the twin", async () => {
    let closed = 0;
    const { twin, url } = watched;
    const port = Number(new URL(url).port);
    const quiet = { ftp: () => undefined, notice: () => undefined, fault: () => undefined };
    const options = {
      ...{ stack: "dev", host: "127.0.0.1", port: 0, passivePorts: [1, 9] as const },
      ...{ data: "", users: [], console: port },
    };
    await assert.rejects(
      withConsole(options, quiet, async () => ({ ...twin, close: async () => void closed++ })),
      new RegExp(`Port ${port} is in use \\(choose another with --console PORT\\)`),
    );
    assert.equal(closed, 1);
  });
});
