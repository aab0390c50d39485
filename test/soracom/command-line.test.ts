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
      api = await startSoracomApi({ ...keys, looks: 1, latestCli: "v99.0.0" });
      api.world.addSim("a");
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

    it("create, update, delete, and delete when all is gone", async () => {
      const vpg = await run("vpg ensure", SPECS.vpg);
      const { vpgId } = JSON.parse(vpg) as { vpgId: string };
      const peering = await run("peering ensure", SPECS.peering(vpgId));
      const group = await run("group ensure", SPECS.group(vpgId));
      const { groupId } = JSON.parse(group) as { groupId: string };
      const sims = await run("sims attach", SPECS.sims(groupId, ["a"]));
      assert.equal(api.world.sims.get("a")?.sessionVpgId, vpgId);

      const renamed = { ...SPECS.vpg, name: "renamed" };
      assert.deepEqual(JSON.parse(await run("vpg ensure", renamed, vpg)), JSON.parse(vpg));
      assert.equal(api.world.vpgs.get(vpgId)?.tags.name, "renamed");

      await run("sims detach", SPECS.sims(groupId, ["a"]), sims);
      await run("group remove", SPECS.group(vpgId), group);
      await run("peering remove", SPECS.peering(vpgId), peering);
      await run("vpg remove", renamed, vpg);
      assert.equal(api.world.vpgs.get(vpgId)?.status, "terminated");
      const before = told(api.world.snapshot());
      await run("vpg remove", renamed, vpg);
      assert.deepEqual(told(api.world.snapshot()), before);
    });

    it("killed right after VPG and peering were made: create again finds them", async () => {
      const vpgId = await killedAndAgain("vpg ensure", SPECS.vpg, "createVirtualPrivateGateway");
      const live = [...api.world.vpgs.values()].filter(({ status }) => status === "running");
      assert.deepEqual(
        live.map((vpg) => vpg.vpgId),
        [vpgId],
      );
      await killedAndAgain("peering ensure", SPECS.peering(vpgId), "createVpcPeeringConnection");
      assert.equal(Object.keys(live[0].peerings ?? {}).length, 1);
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

    it("SIGTERM stops it after the call under way, with exit code 1 and nothing on stdout", async () => {
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
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, /^Stopped between two calls/m);
    });

    it("no key in the arguments of any process, nor in anything printed", async function () {
      if (!existsSync("/proc/self/cmdline")) this.skip();
      const seen = new Set<string>();
      api.watch((_, moment) => {
        if (moment === "before") for (const line of commandLines()) seen.add(line);
      });
      await run("vpg ensure", SPECS.vpg);
      api.watch(undefined);
      const all = [...seen];
      assert.ok(
        all.some((line) => line.includes("vpg list") && line.includes("--profile-command")),
        "the CLI was not among the processes",
      );
      const leaks = [...all, ...printed].filter(
        (text) => text.includes(key) || text.includes(keyId),
      );
      assert.deepEqual(leaks, []);
      assert.ok(printed.length > 10);
    });

    it("a wrong key is told in one sentence, without the key", async () => {
      const wrong = { SORACOM_AUTH_KEY: `${key}-wrong` };
      const { code, stdout, stderr } = await start("vpg ensure", SPECS.vpg, "", wrong).ended;
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, /^SORACOM refused the key: .*check that SORACOM_AUTH_KEY_ID and/);
      assert.ok(!stderr.includes(key));
    });

    it("a CLI that is not there is told in one sentence", async () => {
      const missing = { SORACOM_CLI: "/nix/soracom" };
      const { code, stderr } = await start("vpg ensure", SPECS.vpg, "", missing).ended;
      assert.equal(code, 1);
      assert.match(stderr, /^The SORACOM CLI "\/nix\/soracom" cannot be started: install/);
    });
  });
}

/** The command lines of all processes on this machine, words separated by blanks. */
function commandLines(): string[] {
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
