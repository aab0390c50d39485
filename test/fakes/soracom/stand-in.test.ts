import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { SoracomApi, startSoracomApi } from "../../../fakes/soracom/api";
import * as cli from "../../../fakes/soracom/cli.cjs";
import { FaultPlan, parseFault } from "../../../fakes/soracom/faults";
import { defaultBehaviour } from "../../../fakes/soracom/world";
import { until } from "../../soracom/lab";

const profile = '{"authKeyId":"keyId-x","authKey":"secret-x"}';

describe("the stand-in CLI behaves like the real one", () => {
  let api: SoracomApi;
  let folder: string;
  before(async () => {
    api = await startSoracomApi({ latestCli: "v99.0.0", pageSize: 2, authKey: "secret-x" });
    folder = mkdtempSync(path.join(os.tmpdir(), "canal-ftp-"));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await api.close();
  });
  afterEach(() => api.setFaults([]));

  async function soracom(
    line: string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<{ code: number; out: string; err: string }> {
    let out = "";
    let err = "";
    const code = await cli.run(line, {
      env: {
        PATH: process.env.PATH,
        SORACOM_ENDPOINT: api.endpoint,
        SORACOM_STAND_IN_TIME: "0.001",
        SORACOM_PROFILE_DIR: folder,
        P: profile,
        ...env,
      },
      out: (text) => (out += text),
      err: (text) => (err += text),
      exec: cli.execProfileCommand,
    });
    return { code, out, err };
  }
  const byCommand = ["--profile-command", "printenv P"];
  const group = ["groups", "create", "--body", '{"tags":{"name":"n"}}', ...byCommand];

  it("prints help with exit code 0 for an unknown subcommand, and fails for an unknown command", async () => {
    assert.match((await soracom(["vpg", "frobnicate"])).out, /Available Commands:\n {2}create\n/);
    assert.equal((await soracom(["vpg", "frobnicate"])).code, 0);
    const { code, err } = await soracom(["frobnicate"]);
    assert.deepEqual([code, err], [255, 'Error: unknown command "frobnicate" for "soracom"\n']);
  });

  it("prints sorted, tab-indented JSON, and the notice of a new version on stderr of a good run", async () => {
    const { code, out, err } = await soracom(group);
    assert.equal(code, 0);
    assert.match(out, /^\{\n\t"configuration": \{\},\n\t"createdTime": \d+,\n\t"groupId": "/);
    assert.match(err, /^The latest version v99\.0\.0 is released/);
  });

  it("fetches all pages", async () => {
    for (let made = 0; made < 4; made++) await soracom(group);
    const count = async (...more: string[]): Promise<number> =>
      (JSON.parse((await soracom(["groups", "list", ...byCommand, ...more])).out) as []).length;
    assert.equal(await count(), 2);
    assert.ok((await count("--fetch-all")) >= 4);
  });

  it("prints an error body after Error:, with exit code 255", async () => {
    const { code, out, err } = await soracom(["vpg", "get", "--vpg-id", "nix", ...byCommand]);
    assert.deepEqual([code, out], [255, ""]);
    assert.equal(err, 'Error: {"code":"STANDIN_MISSING","message":"no VPG nix"}\n');
  });

  it("retries a failing call five times and then loses its error body", async () => {
    api.setFaults([{ kind: "500" }]);
    api.calls.length = 0;
    const { code, err } = await soracom(group);
    assert.equal(code, 255);
    assert.match(err, /unable to receive successful response/);
    assert.equal(api.calls.filter(({ operationId }) => operationId === "createGroup").length, 5);
  });

  it("tries once with --no-retry-on-error, and prints the body", async () => {
    api.setFaults([{ kind: "429" }]);
    api.calls.length = 0;
    const { err } = await soracom([...group, "--no-retry-on-error"]);
    assert.equal(err, 'Error: {"code":"STANDIN_RATE","message":"slow down"}\n');
    assert.deepEqual(
      api.calls.map(({ operationId }) => operationId),
      ["auth", "createGroup"],
    );
  });

  it("reads a profile that only its owner can read", async () => {
    const file = path.join(folder, "mine.json");
    writeFileSync(file, profile, { mode: 0o600 });
    const list = ["vpg", "list", "--profile", "mine"];
    assert.equal((await soracom(list)).code, 0);
    chmodSync(file, 0o640);
    assert.match((await soracom(list)).err, /^Error: Permissions for the file .* too open/);
    const { err } = await soracom(["vpg", "list", "--profile", "nix"]);
    assert.match(err, /^Error: stat .*nix\.json: no such file or directory/);
  });

  it("prints the key when SORACOM_VERBOSE is anything at all", async () => {
    const { err } = await soracom(["vpg", "list", ...byCommand], { SORACOM_VERBOSE: "0" });
    assert.match(err, /secret-x/);
  });

  it("takes no environment variable for a key, and no endpoint but this machine", async () => {
    const env = { SORACOM_AUTH_KEY_ID: "keyId-x", SORACOM_AUTH_KEY: "secret-x" };
    assert.match((await soracom(["vpg", "list"], env)).err, /default\.json: no such file/);
    const away = { SORACOM_ENDPOINT: "https://api.soracom.io" };
    assert.match((await soracom(["vpg", "list"], away)).err, /on this machine/);
  });
});

describe("the stand-in API", () => {
  let api: SoracomApi;
  let headers: Record<string, string>;
  before(async () => {
    api = await startSoracomApi({ authKeyId: "keyId-x", authKey: "secret-x" });
    const { apiKey, token } = (await (
      await call("POST", "/auth", { authKeyId: "keyId-x", authKey: "secret-x" })
    ).json()) as { apiKey: string; token: string };
    headers = { "x-soracom-api-key": apiKey, "x-soracom-token": token };
  });
  after(() => api.close());

  function call(method: string, at: string, body?: object): Promise<Response> {
    return fetch(`${api.endpoint}/v1${at}?`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: body && JSON.stringify(body),
    });
  }

  async function refused(method: string, at: string, body?: object): Promise<string> {
    const reply = await call(method, at, body);
    const { code, message } = (await reply.json()) as Record<string, string>;
    assert.ok(code, "an error body has a code");
    return `${reply.status} ${message}`;
  }

  const peering = {
    peerOwnerId: "123456789012",
    peerRegion: "ap-northeast-1",
    peerVpcId: "vpc-0aaa",
    destinationCidrBlock: "10.0.0.0/16",
  };

  it("denies access without the key, and without a token", async () => {
    assert.match(await refused("POST", "/auth", { authKeyId: "x", authKey: "y" }), /^401/);
    const reply = await fetch(`${api.endpoint}/v1/groups`);
    assert.equal(reply.status, 401);
  });

  it("a VPG is creating, then running; peerings and groups keep it from being terminated", async () => {
    const made = await call("POST", "/virtual_private_gateways", { type: 15 });
    const vpg = (await made.json()) as Record<string, unknown>;
    assert.deepEqual([made.status, vpg.status, vpg.vpcPeeringConnections], [201, "creating", null]);
    assert.equal(vpg.vpgSubnetCidrRange, undefined);
    const at = `/virtual_private_gateways/${String(vpg.vpgId)}`;
    assert.match(await refused("POST", `${at}/vpc_peering_connections`, peering), /^400.*creating/);
    let now = vpg;
    while (now.status !== "running") {
      now = (await (await call("GET", at)).json()) as typeof vpg;
    }
    assert.match(String(now.vpgSubnetCidrRange), /^100\.64\.\d+\.0\/24$/);

    const peered = await call("POST", `${at}/vpc_peering_connections`, peering);
    const { id } = (await peered.json()) as { id: string };
    assert.match(await refused("POST", `${at}/terminate`), /^400 peerings are left: pcx-/);
    const deleted = await call("DELETE", `${at}/vpc_peering_connections/${id}`);
    assert.equal(deleted.status, 204);

    const configuration = { SoracomAir: { useVpg: true, vpgId: vpg.vpgId } };
    const group = await call("POST", "/groups", { configuration });
    assert.equal(group.status, 201);
    assert.match(await refused("POST", `${at}/terminate`), /^400 group .* uses the VPG/);
  });

  for (const [what, body] of [
    ["without a type", {}],
    ["of an unknown type", { type: 12 }],
    ["with an unknown field", { type: 15, primaryServiceName: "canal" }],
    ["in an unknown region", { type: 15, placement: { region: "us-east-1" } }],
    ["of type 14 without an internet gateway", { type: 14, useInternetGateway: false }],
    ["with devices in 100.64.0.0/10", { type: 15, deviceSubnetCidrRange: "100.96.0.0/11" }],
  ] as const) {
    it(`refuses a VPG ${what}`, async () => {
      assert.match(await refused("POST", "/virtual_private_gateways", body), /^400/);
    });
  }

  for (const [what, change] of [
    ["without the VPC", { peerVpcId: undefined }],
    ["of a public block", { destinationCidrBlock: "8.8.0.0/16" }],
    ["of more than a /16", { destinationCidrBlock: "10.0.0.0/15" }],
  ] as const) {
    it(`refuses a peering ${what}`, async () => {
      const vpg = [...api.world.vpgs.values()].find(({ status }) => status === "running");
      const at = `/virtual_private_gateways/${vpg?.vpgId}/vpc_peering_connections`;
      assert.match(await refused("POST", at, { ...peering, ...change }), /^400/);
    });
  }

  it("takes its time over a VPG when configured", async () => {
    let time = Date.now();
    Object.assign(api.world.behaviour, { creatingMs: 60_000, now: () => time });
    const made = await call("POST", "/virtual_private_gateways", { type: 15 });
    const { vpgId } = (await made.json()) as { vpgId: string };
    const status = async (): Promise<string> =>
      ((await (await call("GET", `/virtual_private_gateways/${vpgId}`)).json()) as never)["status"];
    for (let look = 0; look < 4; look++) assert.equal(await status(), "creating");
    time += 60_000;
    assert.equal(await status(), "running");
    Object.assign(api.world.behaviour, defaultBehaviour, { creatingMs: undefined });
  });

  it("is observed and configured next to the API", async () => {
    const control = (at: string, body: object): Promise<Response> =>
      fetch(`${api.endpoint}${at}`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    await control("/__sims", [{ simId: "steered", online: false }]);
    const state = (await (await fetch(`${api.endpoint}/__state`)).json()) as typeof api.world;
    assert.deepEqual(state.sims, [...api.world.sims.values()]);
    assert.ok(api.world.sims.has("steered"));
    await control("/__faults", [{ kind: "429", operationId: "getSim" }]);
    assert.match(await refused("GET", "/sims/steered"), /^429/);
    await control("/__faults", []);
    assert.equal((await call("GET", "/sims/steered")).status, 200);
    const calls = (await (await fetch(`${api.endpoint}/__calls`)).json()) as object[];
    assert.deepEqual(calls.at(-1), {
      operationId: "getSim",
      method: "GET",
      path: "/v1/sims/steered",
    });
  });

  it("an offline SIM has no session to end: SEM0016", async () => {
    api.world.addSim("off", { online: false });
    const reply = await call("POST", "/sims/off/delete_session");
    assert.equal(((await reply.json()) as { code: string }).code, "SEM0016");
  });

  it("a virtual SIM has an Arc session, created again on request", async () => {
    api.world.addSim("virtual", { virtual: true, online: false });
    const show = async (): Promise<Record<string, object | undefined>> =>
      (await (await call("GET", "/sims/virtual")).json()) as never;
    assert.deepEqual(
      [(await show()).sessionStatus, (await show()).arcSessionStatus],
      [undefined, undefined],
    );
    assert.equal((await call("POST", "/sims/virtual/sessions/arc", {})).status, 200);
    assert.ok((await show()).arcSessionStatus);
    assert.match(await refused("POST", "/sims/virtual/delete_session"), /^400 .*offline/);
    api.world.addSim("card");
    assert.match(await refused("POST", "/sims/card/sessions/arc", {}), /^400 Arc credentials/);
  });

  it("limits requests, and reports the limit in its replies", async () => {
    api.setRateLimit({ perMinute: 1 });
    const first = await call("GET", "/groups");
    assert.deepEqual(
      [first.status, first.headers.get("x-soracom-ratelimit-remaining")],
      [200, "0"],
    );
    const second = await call("GET", "/groups");
    assert.equal(second.status, 429);
    assert.ok(Number(second.headers.get("x-soracom-ratelimit-seconds-before-refresh")) > 0);
    api.setRateLimit(undefined);
    assert.equal((await call("GET", "/groups")).status, 200);
  });

  it("faults are read from words and apply to the calls they name", () => {
    assert.deepEqual(parseFault("cut-after:createGroup:2"), {
      kind: "cut-after",
      operationId: "createGroup",
      nth: 2,
    });
    assert.deepEqual(parseFault("429::10%"), { kind: "429", rate: 0.1 });
    for (const wrong of ["slow", "429:a:b", "429:a:1:2", "500::-1"]) {
      assert.throws(() => parseFault(wrong), /is no fault/);
    }
    const plan = new FaultPlan([{ kind: "429", operationId: "getSim", nth: 2 }]);
    const asked = ["getSim", "getGroup", "getSim", "getSim"].map((id) => plan.next(id));
    assert.deepEqual(asked, [undefined, undefined, "429", undefined]);
    const often = new FaultPlan([{ kind: "500", rate: 0.1 }]);
    const hits = Array.from({ length: 1000 }, () => often.next("getSim")).filter(Boolean).length;
    assert.ok(hits > 70 && hits < 130, `${hits} of 1000`);
  });

  it("runs as a command, prints its endpoint on the first line, and ends on SIGTERM", async () => {
    const root = path.join(__dirname, "../../..");
    const script = path.join(root, "cli", "canal-ftp.cjs");
    const options = ["--port", "0", "--json", "--fault", "500:auth:1"];
    const child = spawn(process.execPath, [script, "soracom-api", ...options], { cwd: root });
    const ended = new Promise((resolve) => child.on("close", resolve));
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    await until(() => out.includes("\n"));
    const { endpoint } = JSON.parse(out.split("\n")[0]) as { endpoint: string };
    assert.match(endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
    const body = JSON.stringify({ authKeyId: "a", authKey: "b" });
    const auth = (): Promise<Response> =>
      fetch(`${endpoint}/v1/auth`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
    assert.deepEqual([(await auth()).status, (await auth()).status], [500, 200]);
    child.kill("SIGTERM");
    assert.equal(await ended, 0);
  });
});
