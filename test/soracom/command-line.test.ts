import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { SoracomApi, startSoracomApi } from "../../fakes/soracom/api";
import type { Resource } from "../../lib/stack/resource";
import { evaluateStack } from "../support/golden";
import { standIn, realCli } from "./clis";
import { Engine, Shell } from "./engine";
import { specs, never, summary, until } from "./lab";

const rootFolder = path.join(__dirname, "../..");

/** The CLIs to try: the stand-in, and the real one when there is one. */
function clis(): { name: string; path: string }[] {
  const real = realCli();
  return [
    { name: "the stand-in CLI", path: standIn },
    ...(real === undefined ? [] : [{ name: `the CLI ${real}`, path: real }]),
  ];
}

/** The same with one tag more, which is changed in place. */
function withTag(resources: readonly Resource[]): Resource[] {
  return resources.map((resource) => {
    const { CANAL_FTP_SPEC } = resource.inputs.environment as { CANAL_FTP_SPEC: string };
    const spec = JSON.parse(CANAL_FTP_SPEC) as { tags: object };
    const tagged = JSON.stringify({ ...spec, tags: { ...spec.tags, team: "field" } });
    return { ...resource, inputs: { ...resource.inputs, environment: { CANAL_FTP_SPEC: tagged } } };
  });
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
}

/** The VPG's Command as the dev stack asks for it. */
async function gateway(changes: Record<string, string> = {}): Promise<Resource[]> {
  const { resources } = await evaluateStack("dev", changes);
  return resources.filter(({ name }) => name.endsWith("-gateway"));
}

for (const cli of clis()) {
  describe(`the command line as local.Command runs it, with ${cli.name}`, function () {
    // Seconds on a machine of its own; a busy one starts each of some forty processes late.
    this.timeout(300_000);
    const keyId = `keyId-${randomUUID()}`;
    const key = `secret-${randomUUID()}`;
    let api: SoracomApi;
    const printed: string[] = [];

    before(async () => {
      const keys = { authKeyId: keyId, authKey: key };
      api = await startSoracomApi({ ...keys, readsUntilReady: 0, latestCli: "v99.0.0" });
    });
    after(() => api.close());

    /** Starts a program as the Command provider does. */
    function start([program, ...args]: readonly string[], more: NodeJS.ProcessEnv): Started {
      const env = {
        ...process.env,
        SORACOM_CLI: cli.path,
        SORACOM_ENDPOINT: api.endpoint,
        SORACOM_STAND_IN_TIME: "0.05",
        SORACOM_AUTH_KEY_ID: keyId,
        SORACOM_AUTH_KEY: key,
        SORACOM_VERBOSE: "1",
        CANAL_FTP_POLL_SECONDS: "0.01",
        CANAL_FTP_CALLS_PER_MINUTE: "100000",
        ...more,
      };
      const child = spawn(program, args, { cwd: rootFolder, env, detached: true });
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      const ended = new Promise<Ended>((resolve) => {
        child.on("close", (code) => {
          printed.push(stdout, stderr);
          resolve({ code, stdout, stderr });
        });
      });
      // No shell is in between: the signal reaches the driver.
      return { ended, signal: (name) => child.kill(name) };
    }

    /** `vpg ensure`, without a stack around it. */
    const startEnsure = (more: NodeJS.ProcessEnv = {}): Started =>
      start(["node", "soracom/start.cjs", "vpg ensure"], {
        CANAL_FTP_SPEC: JSON.stringify(specs.vpg),
        ...more,
      });

    const live = (): string[] =>
      [...api.world.vpgs.values()]
        .filter(({ status }) => status !== "terminated")
        .map(({ vpgId }) => vpgId);

    it("create, again after a failure, update, replace, delete, delete when gone; no key in any argument, output or state", async function () {
      const seen = new Set<string>();
      const runs: { line: readonly string[]; stdout: string }[] = [];
      let current: Started | undefined;
      const shell: Shell = async (line, env) => {
        current = start(line, env);
        const { code, stdout, stderr } = await current.ended;
        runs.push({ line, stdout });
        if (code !== 0) throw new Error(stderr);
        return { stdout, stderr };
      };
      const engine = new Engine(shell);

      let isStopped = false;
      api.watch(({ operationId }, moment) => {
        if (moment === "before") for (const line of commandLines()) seen.add(line);
        if (isStopped || operationId !== "createVirtualPrivateGateway") return;
        isStopped = true;
        current!.signal("SIGTERM");
      });
      await assert.rejects(engine.up(await gateway()), /Stopped between two calls/);
      assert.deepEqual([engine.state, live().length], [[], 1]);
      assert.deepEqual(await engine.up(await gateway()), ["create gateway"]);
      const [first, ...others] = live();
      assert.deepEqual(others, []);
      assert.deepEqual(await engine.up(withTag(await gateway())), ["update gateway"]);
      assert.deepEqual(live(), [first]);
      const changed = await gateway({ "canal-ftp:deviceCidr": "10.192.0.0/10" });
      assert.deepEqual(await engine.up(changed), ["delete gateway", "create gateway"]);
      assert.equal(live().length, 1);
      assert.ok(!live().includes(first));

      const { state } = engine;
      assert.deepEqual(await engine.destroy(), ["delete gateway"]);
      assert.deepEqual(live(), []);
      const before = summary(api.world.snapshot());
      engine.state = state;
      assert.deepEqual(await engine.destroy(), ["delete gateway"]);
      assert.deepEqual(summary(api.world.snapshot()), before);

      api.watch(undefined);
      for (const { stdout } of runs.slice(1))
        assert.match(stdout, /^\{.*\}\n$/, "one line of JSON");
      const lines = [...seen];
      const leaks = [...lines, ...printed, JSON.stringify(state)].filter((text) => holdsKey(text));
      assert.deepEqual(leaks, []);
      if (!existsSync("/proc/self/cmdline")) this.skip();
      const isCli = (line: string): boolean =>
        line.includes("vpg terminate") && line.includes("--profile-command");
      assert.ok(lines.some(isCli), "the CLI was not among the processes that were checked");
    });

    const holdsKey = (text: string): boolean => text.includes(key) || text.includes(keyId);

    it("killed right after the VPG was made: create again finds it", async () => {
      let reached = false;
      api.watch((call, moment) => {
        if (reached || call.operationId !== "createVirtualPrivateGateway" || moment !== "after") {
          return undefined;
        }
        reached = true;
        return never;
      });
      const first = startEnsure();
      await until(() => reached);
      first.signal("SIGKILL");
      assert.equal((await first.ended).code, null);
      api.watch(undefined);
      const { code, stdout, stderr } = await startEnsure().ended;
      assert.equal(code, 0, stderr);
      assert.deepEqual(live(), [(JSON.parse(stdout) as { vpgId: string }).vpgId]);
    });

    it("SIGTERM stops it after the call under way, with nothing on stdout", async () => {
      let release = (): void => undefined;
      api.watch((_, moment) =>
        moment === "before" ? new Promise<void>((resolve) => (release = resolve)) : undefined,
      );
      const calls = api.calls.length;
      const run = startEnsure();
      await until(() => api.calls.length > calls);
      run.signal("SIGTERM");
      api.watch(undefined);
      setTimeout(release, 100);
      const { code, stdout, stderr } = await run.ended;
      // Whether the shell stands between and dies of the signal depends on which shell it is.
      assert.notEqual(code, 0);
      assert.equal(stdout, "");
      assert.match(stderr, /^Stopped between two calls/m);
    });

    it("a wrong key is reported in one sentence, without the key", async () => {
      const wrong = { SORACOM_AUTH_KEY: `${key}-wrong` };
      const { code, stdout, stderr } = await startEnsure(wrong).ended;
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, /^SORACOM refused the key: .*check that SORACOM_AUTH_KEY_ID and/);
      assert.ok(!holdsKey(stderr));
    });
  });
}

/** The command lines of all processes on this machine, words separated by blanks; none without /proc. */
function commandLines(): string[] {
  if (!existsSync("/proc/self/cmdline")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")];
      } catch {
        return [];
      }
    });
}
