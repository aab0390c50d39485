import assert from "node:assert/strict";
import { Clock, systemClock } from "../../soracom/clock";
import { runCommand } from "../../soracom/driver";
import { CliResult, RunCli } from "../../soracom/run-cli";
import { LeapingClock } from "../support/leaping-clock";
import { testKeys, Lab, RunOptions, specs } from "./lab";

/** Runs `vpg ensure` on a CLI that always ends like this; returns the sentence and the CLI's calls. */
async function sentenceFor(
  ends: Partial<CliResult> | undefined,
  env: NodeJS.ProcessEnv = testKeys,
  spec: object = specs.vpg,
  argv = ["vpg", "ensure"],
): Promise<{ sentence: string; calls: number }> {
  let calls = 0;
  const runCli: RunCli | undefined =
    ends &&
    (async () => {
      calls++;
      return { exitCode: 255, stdout: "", stderr: "", ...ends };
    });
  const given = { CANAL_FTP_SPEC: JSON.stringify(spec), ...env };
  const stop = new AbortController().signal;
  try {
    await runCommand(argv, {
      env: given,
      stop,
      log: () => undefined,
      runCli,
      clock: new LeapingClock(),
    });
  } catch (error) {
    assert.equal((error as Error).name, "DriverError", String((error as Error).stack));
    return { sentence: (error as Error).message, calls };
  }
  throw new assert.AssertionError({ message: "the driver saw nothing wrong" });
}

describe("every reason to stop is one sentence with its remedy", () => {
  const aum = 'Error: {"code":"AUM0000","message":"nope"}\n';
  const denied = 'Error: {"code":"XYZ0001","message":"nope"}\n';
  const cases: [string, Parameters<typeof sentenceFor>, RegExp, number?][] = [
    [
      "no CLI",
      [undefined, { ...testKeys, SORACOM_CLI: "/nix/soracom" }],
      /"\/nix\/soracom" cannot be started: install soracom-cli v1\.7\.0/,
    ],
    [
      "an old CLI",
      [{ stderr: "Error: unknown flag: --profile-command\nUsage:\n" }],
      /too old or another program \(unknown flag: --profile-command\): install/,
      1,
    ],
    [
      "a CLI that prints help",
      [{ exitCode: 0, stdout: "Usage:\n  soracom vpg [command]\n" }],
      /printed help .*"vpg list".*install/,
      1,
    ],
    [
      "another program",
      [{ exitCode: 0, stdout: '{"hello":"world"}' }],
      /did not print a list.*SORACOM_CLI/,
      1,
    ],
    [
      "a wrong key",
      [{ stderr: aum }],
      /refused the key: AUM0000 nope\. .*SORACOM_AUTH_KEY_ID.*coverage "jp"/,
      1,
    ],
    [
      "a key without permission",
      [{ stderr: denied }],
      /refused "vpg list": XYZ0001 nope\. If the key is refused, check/,
      7,
    ],
    [
      "no answer",
      [{ stderr: 'Error: Get "https://x/?": EOF' }],
      /"vpg list" got no answer from SORACOM: Get "https:\/\/x\/\?": EOF\.$/,
      7,
    ],
    [
      "no credentials",
      [{}, {}],
      /No SORACOM credentials: set SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY.*or SORACOM_PROFILE/,
      0,
    ],
    ["half a key", [{}, { SORACOM_AUTH_KEY: "x" }], /^SORACOM_AUTH_KEY_ID is not set/, 0],
    [
      "a profile that is missing",
      [{ stderr: "Error: stat /x/p.json: no such file or directory\n" }, { SORACOM_PROFILE: "p" }],
      /could not start "vpg list": stat \/x\/p\.json.*Check the profile/,
      1,
    ],
    [
      "a profile others can read",
      [
        {
          stderr:
            "Error: Permissions for the file '/x' which contains your credentials are too open.\n",
        },
        { SORACOM_PROFILE: "p" },
      ],
      /too open.*Check the profile/,
      1,
    ],
    [
      "no spec",
      [{}, { ...testKeys, CANAL_FTP_SPEC: "" }],
      /CANAL_FTP_SPEC must be one JSON object/,
      0,
    ],
    [
      "a wrong coverage",
      [{}, testKeys, { ...specs.vpg, coverage: "global" }],
      /coverage must be "jp" \(Japan\) or "g" \(Global\), not "global"/,
      0,
    ],
    [
      "a region outside the coverage",
      [{}, testKeys, { ...specs.vpg, region: "us-west-2" }],
      /coverage "jp" has VPGs in ap-northeast-1, not in us-west-2/,
      0,
    ],
    [
      "a spec with several mistakes",
      [{}, testKeys, { ...specs.vpg, owner: "", type: "F" }],
      /owner must be a text, not ""; type must be a whole number, not "F"/,
      0,
    ],
    [
      "a poll interval that is none",
      [{}, { ...testKeys, CANAL_FTP_POLL_SECONDS: "soon" }],
      /CANAL_FTP_POLL_SECONDS must be a number of seconds, more than 0 and at most 3600, not "soon"/,
      0,
    ],
    ["an unknown verb", [{}, testKeys, specs.vpg, ["vpg", "toString"]], /^usage: /, 0],
    ["a verb of another noun", [{}, testKeys, specs.vpg, ["sims", "ensure"]], /^usage: /, 0],
  ];
  for (const [what, given, wanted, calls] of cases) {
    it(what, async () => {
      const seen = await sentenceFor(...given);
      assert.match(seen.sentence, wanted);
      if (calls !== undefined) assert.equal(seen.calls, calls, "calls of the CLI");
      assert.ok(!seen.sentence.includes("\n"), "more than one line");
    });
  }
});

describe("what the CLI is given", () => {
  /** Every call of a run, as the CLI sees it. */
  async function given(
    env: NodeJS.ProcessEnv,
  ): Promise<{ args: readonly string[]; env: NodeJS.ProcessEnv }[]> {
    const lab = await Lab.open();
    const seen: { args: readonly string[]; env: NodeJS.ProcessEnv }[] = [];
    const wrap: RunOptions["wrap"] = (runCli) => (args, cliEnv) => {
      seen.push({ args, env: cliEnv });
      return runCli(args, cliEnv);
    };
    try {
      await lab.good("vpg ensure", specs.vpg, { env, wrap });
    } finally {
      await lab.close();
    }
    return seen;
  }

  it("the coverage on every call, no retries of its own, no verbose output, no key in arguments", async () => {
    const calls = await given({ SORACOM_VERBOSE: "0", LC_ALL: "ja_JP.UTF-8", PATH: "/bin" });
    assert.ok(calls.length > 3);
    for (const { args, env } of calls) {
      assert.deepEqual(
        args.slice(args.indexOf("--coverage-type"), args.indexOf("--coverage-type") + 3),
        ["--coverage-type", "jp", "--no-retry-on-error"],
      );
      assert.ok(!args.join(" ").includes(testKeys.SORACOM_AUTH_KEY));
      assert.deepEqual(
        [env.SORACOM_VERBOSE, env.LC_ALL, env.PATH, env.SORACOM_AUTH_KEY, env.CANAL_FTP_SPEC],
        [undefined, "C", "/bin", undefined, undefined],
      );
    }
  });

  it("the key in one variable that Node prints for it, by no path that is split", async () => {
    const [{ args, env }] = await given({});
    const command = args[args.indexOf("--profile-command") + 1];
    const variable = /^"[^"\\]+" -p process\.env\.(\w+)$/.exec(command)?.[1] ?? "";
    assert.deepEqual(JSON.parse(env[variable] ?? ""), {
      authKeyId: testKeys.SORACOM_AUTH_KEY_ID,
      authKey: testKeys.SORACOM_AUTH_KEY,
    });
  });

  it("a key that the CLI prints is struck out", async () => {
    const leak = `Error: Post "https://x/": ${testKeys.SORACOM_AUTH_KEY} ${testKeys.SORACOM_AUTH_KEY_ID}`;
    const { sentence } = await sentenceFor({ stderr: leak });
    assert.match(sentence, /\*\*\* \*\*\*/);
    assert.ok(!sentence.includes(testKeys.SORACOM_AUTH_KEY));
  });
});

describe("a request to stop", () => {
  it("stops between two calls, and running again continues", async () => {
    const lab = await Lab.open({ readsUntilReady: 20 });
    try {
      const stop = new AbortController();
      lab.api.watch(({ operationId }) => {
        if (operationId === "createVirtualPrivateGateway") stop.abort();
      });
      const { error } = await lab.run("vpg ensure", specs.vpg, { stop: stop.signal });
      assert.match(error?.message ?? "", /^Stopped between two calls; .*continues from there/);
      assert.equal(lab.api.calls.at(-1)?.operationId, "createVirtualPrivateGateway");
      await lab.good("vpg ensure", specs.vpg);
      assert.equal(lab.api.world.vpgs.size, 1);
    } finally {
      await lab.close();
    }
  });

  it("wakes from a wait", async () => {
    const lab = await Lab.open();
    try {
      const stop = new AbortController();
      const clock: Clock = {
        now: () => 0,
        delay: (_, signal) => {
          setImmediate(() => stop.abort());
          return systemClock.delay(3_600_000, signal);
        },
      };
      const { error } = await lab.run("vpg ensure", specs.vpg, { stop: stop.signal, clock });
      assert.match(error?.message ?? "", /^Stopped/);
    } finally {
      await lab.close();
    }
  });
});
