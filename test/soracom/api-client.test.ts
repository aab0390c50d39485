import assert from "node:assert/strict";

import { ApiClient, type ApiClientOptions, type Fetch } from "../../soracom/api-client";
import { RequestThrottle, maxAttempts } from "../../soracom/request-throttle";
import { LeapingClock } from "../support/leaping-clock";

interface Sent {
  readonly url: string;
  readonly method?: string;
  readonly token?: string;
  readonly body?: string;
}

/** A client on replies of the test. */
class Setup {
  readonly clock = new LeapingClock();
  readonly sent: Sent[] = [];
  readonly messages: string[] = [];
  readonly client: ApiClient;
  private logIns = 0;

  /** @param reply - To every request but `auth`, by how many of them came before. */
  constructor(
    reply: (sent: Sent, before: number) => Response | Promise<Response>,
    given: Partial<ApiClientOptions> = {},
  ) {
    const send: Fetch = async (input, init = {}) => {
      const headers = new Headers(init.headers);
      assert.equal(init.redirect, "error");
      const token = headers.get("x-soracom-token") ?? undefined;
      const { method, body } = init;
      const one = { url: String(input), method, token, body: body as string | undefined };
      const before = this.requests.length;
      this.sent.push(one);
      if (one.url.endsWith("/auth")) {
        return Response.json({ apiKey: "api", token: `token-${++this.logIns}` });
      }
      return reply(one, before);
    };
    const control = {
      ...{ pollMs: 1, timeoutSeconds: 1, clock: this.clock, stop: new AbortController().signal },
      log: (line: string) => void this.messages.push(line),
    };
    this.client = new ApiClient({
      coverage: "jp",
      logIn: () => ({ body: { authKeyId: "keyId-x", authKey: "secret-x" } }),
      control,
      throttle: new RequestThrottle(control, 1000),
      fetch: send,
      ...given,
    });
  }

  /** Without log-ins. */
  get requests(): Sent[] {
    return this.sent.filter(({ url }) => !url.includes("/auth"));
  }

  call(simId = "1") {
    const path = { sim_id: simId };
    return this.client.call({ name: "getSim", operation: "GET /sims/{sim_id}", path });
  }
}

const refusal = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ code: "X1", message: "no" }, { status, headers });
const ok = () => Response.json({ simId: "1" });

describe("ApiClient", () => {
  it("logs in once for any number of requests, and keeps the key out of them", async () => {
    const setup = new Setup(ok);
    await Promise.all(["1", "2", "3"].map((simId) => setup.call(simId)));
    assert.deepEqual(setup.sent[0], {
      url: "https://api.soracom.io/v1/auth",
      method: "POST",
      token: undefined,
      body: '{"authKeyId":"keyId-x","authKey":"secret-x"}',
    });
    assert.deepEqual(
      setup.sent.slice(1),
      ["1", "2", "3"].map((simId) => ({
        ...{ url: `https://api.soracom.io/v1/sims/${simId}`, method: "GET", token: "token-1" },
        body: undefined,
      })),
    );
  });

  it("uses the coverage's API, or the given endpoint", async () => {
    for (const [given, url] of [
      [{ coverage: "g" }, "https://g.api.soracom.io/v1/sims/a%2Fb"],
      [{ endpoint: "http://127.0.0.1:1" }, "http://127.0.0.1:1/v1/sims/a%2Fb"],
    ] as const) {
      const setup = new Setup(ok, given);
      await setup.call("a/b");
      assert.equal(setup.requests[0].url, url);
    }
  });

  it("becomes the user that the profile switches to", async () => {
    const body = { authKeyId: "keyId-x", authKey: "secret-x" };
    const switchTo = { operatorId: "OP2", userName: "u2" };
    const setup = new Setup(
      ({ url }) =>
        url.endsWith("/auth/switch_user")
          ? Response.json({ apiKey: "api", token: "switched" })
          : ok(),
      { logIn: () => ({ body, switchTo }) },
    );
    await setup.call();
    const [, switching, request] = setup.sent;
    assert.deepEqual([switching.token, switching.body], ["token-1", JSON.stringify(switchTo)]);
    assert.equal(request.token, "switched");
  });

  it("logs in again once when the token has expired, for all requests together", async () => {
    const setup = new Setup(({ token }) => (token === "token-1" ? refusal(401) : ok()));
    await Promise.all([setup.call("1"), setup.call("2")]);
    assert.equal(setup.sent.filter(({ url }) => url.endsWith("/auth")).length, 2);
    assert.deepEqual(setup.requests.map(({ token }) => token).sort(), [
      "token-1",
      "token-1",
      "token-2",
      "token-2",
    ]);
  });

  it("reports a key that is refused, and one whose requests are", async () => {
    const refused = new Setup(() => refusal(401));
    await assert.rejects(
      refused.call(),
      /^DriverError: SORACOM refused the key: X1 no\. If the key/,
    );
    const fetch: Fetch = () => Promise.resolve(refusal(400));
    await assert.rejects(new Setup(ok, { fetch }).call(), /SORACOM refused the key: X1 no\./);
  });

  it("logs in again after a log-in that got no reply", async () => {
    let logIns = 0;
    const fetch: Fetch = (input) => {
      if (!String(input).endsWith("/auth")) return Promise.resolve(ok());
      return ++logIns <= maxAttempts
        ? Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } }))
        : Promise.resolve(Response.json({ apiKey: "api", token: "t" }));
    };
    const setup = new Setup(ok, { fetch });
    await assert.rejects(setup.call(), /"auth" got no answer from SORACOM: ECONNREFUSED/);
    assert.equal(setup.client.isLoggedIn, false);
    await setup.call();
    assert.equal(setup.client.isLoggedIn, true);
  });

  it("repeats a request that got 5xx or no usable reply, for longer than a minute", async () => {
    for (const bad of [
      () => refusal(500),
      () => new Response("<h1>502</h1>", { status: 502 }),
      () => new Response("<h1>200</h1>"),
      () => Promise.reject(new TypeError("fetch failed", { cause: { code: "ECONNRESET" } })),
    ]) {
      const lucky = new Setup((_, before) => (before < 2 ? bad() : ok()));
      assert.deepEqual((await lucky.call()).body, { simId: "1" });
      assert.equal(lucky.requests.length, 3);
      assert.match(lucky.messages[0], /getSim.*; attempt 2 follows$/);

      const unlucky = new Setup(bad);
      await assert.rejects(unlucky.call());
      assert.equal(unlucky.requests.length, maxAttempts);
      assert.ok(unlucky.clock.now() > 60_000, `${unlucky.clock.now()} ms`);
    }
  });

  it("does not repeat a request that was refused, and reports the status", async () => {
    const setup = new Setup(() => refusal(404));
    await assert.rejects(setup.call(), { name: "ApiError", code: "X1", status: 404 });
    assert.equal(setup.requests.length, 1);
  });

  it("waits as long as the reply to a request over the limit requires", async () => {
    const headers = { "x-soracom-ratelimit-seconds-before-refresh": "41" };
    const setup = new Setup((_, before) => (before === 0 ? refusal(429, headers) : ok()));
    await setup.call();
    assert.equal(setup.requests.length, 2);
    assert.ok(setup.clock.now() >= 41_000 && setup.clock.now() < 42_000, `${setup.clock.now()} ms`);
  });

  it("backs off when the reply to a request over the limit requires nothing", async () => {
    const setup = new Setup(() => refusal(429));
    await assert.rejects(setup.call(), { name: "ApiError", status: 429 });
    assert.equal(setup.requests.length, maxAttempts);
    assert.ok(setup.clock.now() > 60_000, `${setup.clock.now()} ms`);
  });

  it("ends a request without a reply after the time-out", async () => {
    const setup = new Setup(ok, {
      timeoutMs: 1,
      fetch: (_, init) =>
        new Promise((_, reject) => {
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
        }),
    });
    await assert.rejects(setup.call(), /"auth" got no answer from SORACOM: .*timeout/);
  });

  it("completes a change once after a stop, without waiting", async () => {
    for (const [reply, expected] of [
      [ok, undefined],
      [() => refusal(500), "Stopped"],
      [() => refusal(429), "Stopped"],
    ] as const) {
      const stop = new AbortController();
      const clock = new LeapingClock();
      const control = {
        ...{ pollMs: 1, timeoutSeconds: 1, clock, stop: stop.signal, log: () => undefined },
      };
      const setup = new Setup((_, before) => (before === 0 ? ok() : reply()), {
        ...{ control, throttle: new RequestThrottle(control, 0.001) },
      });
      await setup.call();
      const waiting = setup.client.call({
        ...{ name: "getSim", operation: "GET /sims/{sim_id}", path: { sim_id: "1" } },
        isCompletion: true,
      });
      stop.abort();
      if (expected === undefined) await waiting;
      else await assert.rejects(waiting, { name: expected });
      assert.equal(setup.requests.length, 2);
      await assert.rejects(setup.call(), { name: "Stopped" });
    }
  });

  it("stops between two requests", async () => {
    const stop = new AbortController();
    const clock = new LeapingClock();
    const control = {
      pollMs: 1,
      timeoutSeconds: 1,
      clock,
      stop: stop.signal,
      log: () => undefined,
    };
    const setup = new Setup(
      () => {
        stop.abort();
        return refusal(500);
      },
      { control, throttle: new RequestThrottle(control) },
    );
    await assert.rejects(setup.call(), { name: "Stopped" });
    assert.equal(setup.requests.length, 1);
  });
});
