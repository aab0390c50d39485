import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { SoracomApi, startSoracomApi } from "../../soracom/stand-in/api";
import { SPECS, never, told, until } from "./lab";

const ROOT = path.join(__dirname, "../..");
const STAND_IN = path.join(ROOT, "soracom/stand-in/bin/soracom");

/** The CLIs to try: the stand-in, and the real one when SORACOM_CLI or PATH offers it. */
function clis(): { name: string; path: string }[] {
  const named = process.env.SORACOM_CLI ?? "soracom";
  const found = spawnSync("/bin/sh", ["-c", 'command -v "$0"', named], { encoding: "utf8" });
  const real = found.stdout.trim();
  return [
    { name: "the stand-in CLI", path: STAND_IN },
    ...(real && real !== STAND_IN ? [{ name: `the CLI ${real}`, path: real }] : []),
  ];
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

for (const cli of clis()) {
  describe(`the command line as local.Command runs it, with ${cli.name}`, function () {
    this.timeout(60_000);
    const keyId = `keyId-${randomUUID()}`;
    const key = `secret-${randomUUID()}`;
    let api: SoracomApi;
    const printed: string[] = [];

    before(async () => {
      const keys = { authKeyId: keyId, authKey: key };
      api = await startSoracomApi({ ...keys, looks: 0, latestCli: "v99.0.0" });
    });
    after(() => api.close());

    /** Starts one command under /bin/sh; the spec and the previous output are in the environment. */
    function start(
      command: string,
      spec: object,
      previous = "",
      more: NodeJS.ProcessEnv = {},
    ): { ended: Promise<Ended>; signal(name: NodeJS.Signals): void } {
      const line = `node -r ts-node/register/transpile-only soracom/main.ts ${command}`;
      const env = {
        ...process.env,
        SORACOM_CLI: cli.path,
        SORACOM_ENDPOINT: api.endpoint,
        SORACOM_STAND_IN_TIME: "0.05",
        SORACOM_AUTH_KEY_ID: keyId,
        SORACOM_AUTH_KEY: key,
        SORACOM_VERBOSE: "1",
        CANAL_FTP_POLL_SECONDS: "0.01",
        CANAL_FTP_SPEC: JSON.stringify(spec),
        ...(previous ? { PULUMI_COMMAND_STDOUT: previous } : {}),
        ...more,
      };
      const child = spawn("/bin/sh", ["-c", line], { cwd: ROOT, env, detached: true });
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
      // The shell may be a process of its own above the driver: a signal is for the whole group.
      return { ended, signal: (name) => process.kill(-(child.pid ?? 0), name) };
    }

    /** Runs one command that must go well; returns its line without the newline, as Pulumi keeps it. */
    async function run(command: string, spec: object, previous = ""): Promise<string> {
      const { code, stdout, stderr } = await start(command, spec, previous).ended;
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^\{.*\}\n$/, "one line of JSON");
      return stdout.trimEnd();
    }

    it("create, update, delete, delete when it is gone; no key in any argument or output", async function () {
      const seen = new Set<string>();
      api.watch((_, moment) => {
        if (moment === "before") for (const line of commandLines()) seen.add(line);
      });
      const vpg = await run("vpg ensure", SPECS.vpg);
      const { vpgId } = JSON.parse(vpg) as { vpgId: string };
      const renamed = { ...SPECS.vpg, name: "renamed" };
      assert.deepEqual(JSON.parse(await run("vpg ensure", renamed, vpg)), JSON.parse(vpg));
      assert.equal(api.world.vpgs.get(vpgId)?.tags.name, "renamed");
      await run("vpg remove", renamed, vpg);
      assert.equal(api.world.vpgs.get(vpgId)?.status, "terminated");
      const before = told(api.world.snapshot());
      await run("vpg remove", renamed, vpg);
      assert.deepEqual(told(api.world.snapshot()), before);

      api.watch(undefined);
      assert.equal(printed.length, 8);
      const lines = [...seen];
      const leaks = [...lines, ...printed].filter((text) => holdsKey(text));
      assert.deepEqual(leaks, []);
      if (!existsSync("/proc/self/cmdline")) this.skip();
      const isCli = (line: string): boolean =>
        line.includes("vpg terminate") && line.includes("--profile-command");
      assert.ok(lines.some(isCli), "the CLI was not among the processes that were looked at");
    });

    const holdsKey = (text: string): boolean => text.includes(key) || text.includes(keyId);

    it("killed right after the VPG was made: create again finds it", async () => {
      const vpgId = await killedAndAgain("vpg ensure", SPECS.vpg, "createVirtualPrivateGateway");
      const live = [...api.world.vpgs.values()].filter(({ status }) => status === "running");
      assert.deepEqual(
        live.map((vpg) => vpg.vpgId),
        [vpgId],
      );
    });

    /** Kills the command when the operation is done but not answered; returns the vpgId of the rerun. */
    async function killedAndAgain(command: string, spec: object, at: string): Promise<string> {
      let reached = false;
      api.watch((call, moment) => {
        if (reached || call.operationId !== at || moment !== "after") return undefined;
        reached = true;
        return never;
      });
      const first = start(command, spec);
      await until(() => reached);
      first.signal("SIGKILL");
      assert.equal((await first.ended).code, null);
      api.watch(undefined);
      return (JSON.parse(await run(command, spec)) as { vpgId: string }).vpgId;
    }

    it("SIGTERM stops it after the call under way, with nothing on stdout", async () => {
      let release = (): void => undefined;
      api.watch((_, moment) =>
        moment === "before" ? new Promise<void>((resolve) => (release = resolve)) : undefined,
      );
      const calls = api.calls.length;
      const run = start("vpg ensure", SPECS.vpg);
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

    it("a wrong key is told in one sentence, without the key", async () => {
      const wrong = { SORACOM_AUTH_KEY: `${key}-wrong` };
      const { code, stdout, stderr } = await start("vpg ensure", SPECS.vpg, "", wrong).ended;
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
