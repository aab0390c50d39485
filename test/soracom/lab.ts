import http from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { Fetch } from "../../soracom/api-client";
import { Clock } from "../../soracom/clock";
import { runCommand } from "../../soracom/driver";
import { RunCli, processRunner } from "../../soracom/run-cli";
import { ApiOptions, SoracomApi, startSoracomApi } from "../../fakes/soracom/api";
import * as cli from "../../fakes/soracom/cli.cjs";
import { defaultBehaviour, Behaviour, Snapshot } from "../../fakes/soracom/world";
import { LeapingClock } from "../support/leaping-clock";

/** The output and the result of one driver run. */
export interface Run {
  readonly result?: object;
  /** Undefined when it went well. */
  readonly error?: Error;
  readonly stderr: string;
}

export interface RunOptions {
  readonly previous?: object | string;
  readonly env?: NodeJS.ProcessEnv;
  /** Goes between the driver and the CLI. */
  readonly wrap?: (runCli: RunCli) => RunCli;
  /** Goes between the driver and the API. */
  readonly wrapFetch?: (send: Fetch) => Fetch;
  readonly stop?: AbortSignal;
  /** Default: the lab's. */
  readonly clock?: Clock;
}

export const testKeys = {
  SORACOM_AUTH_KEY_ID: "keyId-for-tests",
  SORACOM_AUTH_KEY: "secret-for-tests",
};

/** The driver in this process, on the stand-in CLI in this process (or another), on a stand-in API. */
export class Lab {
  readonly clock = new LeapingClock();
  private readonly agent = new http.Agent({ keepAlive: true });
  /** A CLI to start as a process in place of the stand-in. */
  cli: string | undefined;

  private constructor(
    readonly api: SoracomApi,
    private readonly token: { apiKey: string; token: string },
    /** Factor on the CLI's waits and on time-outs: 120 s become 120 ms with 0.001. */
    public time: number,
  ) {}

  static async open(options: ApiOptions = {}, time = 0.05): Promise<Lab> {
    const api = await startSoracomApi(options);
    const response = await fetch(`${api.endpoint}/v1/auth`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ authKeyId: "any", authKey: "any" }),
    });
    api.calls.length = 0;
    return new Lab(api, (await response.json()) as { apiKey: string; token: string }, time);
  }

  /** Forgets everything, for the next test; opening another lab takes a tenth of a second. */
  reset(behaviour: Partial<Behaviour> = {}): void {
    const { api } = this;
    api.world.restore({ vpgs: [], groups: [], sims: [] });
    Object.assign(api.world.behaviour, defaultBehaviour, { creatingMs: undefined }, behaviour);
    api.world.user = undefined;
    api.setFaults([]);
    api.setRateLimit(undefined);
    api.watch(undefined);
    api.calls.length = 0;
  }

  async close(): Promise<void> {
    this.agent.destroy();
    await this.api.close();
  }

  /** The stand-in CLI. With `shortcut` it is handed a token, which spares a log-in for every call. */
  runCli(shortcut = false): RunCli {
    if (this.cli !== undefined) return this.process(this.cli);
    return async (args, env) => {
      let stdout = "";
      let stderr = "";
      const exitCode = await cli.run(shortcut ? this.loggedIn(args) : args, {
        env: {
          ...env,
          SORACOM_ENDPOINT: this.api.endpoint,
          SORACOM_STAND_IN_TIME: String(this.time),
        },
        out: (text) => (stdout += text),
        err: (text) => (stderr += text),
        // `node -p process.env.NAME`, without the process.
        exec: (command, given) => given[command.split("process.env.")[1]] ?? "",
        agent: this.agent,
      });
      return { exitCode, stdout, stderr };
    };
  }

  /** Runs one command of the driver to its end. */
  async run(command: string, spec: object, options: RunOptions = {}): Promise<Run> {
    const { previous, wrap = (runCli) => runCli, wrapFetch = (send) => send } = options;
    let stderr = "";
    const outside = {
      env: {
        ...testKeys,
        SORACOM_ENDPOINT: this.api.endpoint,
        CANAL_FTP_POLL_SECONDS: "0.001",
        CANAL_FTP_SPEC: JSON.stringify(spec),
        ...(previous === undefined
          ? {}
          : {
              PULUMI_COMMAND_STDOUT:
                typeof previous === "string" ? previous : JSON.stringify(previous),
            }),
        ...options.env,
      },
      stop: options.stop ?? new AbortController().signal,
      log: (line: string) => void (stderr += `${line}\n`),
      runCli: wrap(this.runCli(true)),
      fetch: wrapFetch(fetch),
      clock: options.clock ?? this.clock,
      timeoutMs: 120_000 * this.time,
    };
    try {
      return { result: await runCommand(command.split(" "), outside), stderr };
    } catch (error) {
      return { error: error as Error, stderr };
    }
  }

  /** As run, for what must go well: returns what was printed. Throws what went wrong. */
  async good<T = Record<string, never>>(
    command: string,
    spec: object,
    options: RunOptions = {},
  ): Promise<T> {
    const { result, error } = await this.run(command, spec, options);
    if (error) throw error;
    return result as T;
  }

  private process(cli: string): RunCli {
    const runCli = processRunner(cli);
    const surroundings = { PATH: process.env.PATH, SORACOM_ENDPOINT: this.api.endpoint };
    return (args, env) => runCli(args, { ...env, ...surroundings });
  }

  private loggedIn(args: readonly string[]): string[] {
    const at = args.indexOf("--profile-command");
    if (at < 0) return [...args];
    return [
      ...args.slice(0, at),
      ...["--api-key", this.token.apiKey, "--api-token", this.token.token],
      ...args.slice(at + 2),
    ];
  }
}

/** Specs of a small site, as components write them. */
export const specs = {
  claim: { coverage: "jp", prefix: "canal-ftp/test" },
  vpg: {
    coverage: "jp",
    owner: "canal-ftp/test/vpg",
    name: "site",
    region: "ap-northeast-1",
    type: 15,
    useInternetGateway: false,
    deviceCidr: "10.128.0.0/9",
    tags: { team: "field" },
  },
  peering: (vpgId: string) => ({
    coverage: "jp",
    owner: "canal-ftp/test/peering",
    vpgId,
    peerOwnerId: "123456789012",
    peerRegion: "ap-northeast-1",
    peerVpcId: "vpc-0aaa",
    destinationCidrBlock: "10.0.0.0/16",
  }),
  group: (vpgId: string) => ({
    coverage: "jp",
    owner: "canal-ftp/test/group",
    name: "site",
    vpgId,
  }),
  sims: (groupId: string, simIds: string[]) => ({ coverage: "jp", groupId, simIds }),
} as const;

/**
 * The state as a person would describe it: no ids that change from run to run, nothing that is terminated.
 * Two runs ended alike when this is equal.
 */
export function summary(snapshot: Snapshot): object {
  const vpgs = snapshot.vpgs.filter(({ status }) => status !== "terminated");
  const nameOf = (id: string | null | undefined): string | null =>
    vpgs.find(({ vpgId }) => vpgId === id)?.tags.name ??
    snapshot.groups.find(({ groupId }) => groupId === id)?.tags.name ??
    (id ? "gone" : null);
  return {
    vpgs: vpgs.map(({ status, type, useInternetGateway, region, tags, peerings }) => ({
      ...{ status, type, useInternetGateway, region },
      tags: Object.fromEntries(
        Object.entries(tags).map(([name, value]) => [name, value.replace(/pcx-\w+/g, "pcx")]),
      ),
      peerings: Object.values(peerings ?? {}),
    })),
    groups: snapshot.groups.map(({ tags, configuration: { SoracomAir: air } }) => ({
      tags,
      air: air && { ...air, vpgId: nameOf(air.vpgId) },
    })),
    sims: snapshot.sims.map(({ simId, groupId, tags, sessionVpgId }) => ({
      simId,
      tags,
      group: nameOf(groupId),
      session: nameOf(sessionVpgId),
    })),
  };
}

/** What a command printed, with ids that change from run to run made alike. */
export function printed(result: object | undefined): string {
  return JSON.stringify(result).replace(/00000000-0000-4000-8000-\w+|pcx-\w+/g, "id");
}

/** Runs `work` on every item, as many at a time as there are labs. */
export async function spread<T, L>(
  items: readonly T[],
  labs: readonly L[],
  work: (item: T, lab: L) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  await Promise.all(
    labs.map(async (lab) => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item, lab);
    }),
  );
}

/** A promise that nothing keeps: what a killed process would have done next. */
export const never: Promise<never> = new Promise(() => undefined);

/** Waits until `ready` holds. Throws after a minute: what is waited for may be a process on a busy machine. */
export async function until(ready: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !ready(); await delay(5)) {
    if (Date.now() > end) throw new Error("what was waited for did not come");
  }
}
