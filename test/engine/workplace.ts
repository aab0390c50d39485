import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

import { LocalWorkspace, type PulumiFn, Stack } from "@pulumi/pulumi/automation";

import { SoracomApi, startSoracomApi } from "../../fakes/soracom/api";
import { program } from "../../stacks/program";
import { goldenUser, root } from "../support/golden";

/** What must be found in no state file. */
export const secrets = {
  authKeyId: "keyId-for-engine-tests",
  authKey: "secret-for-engine-tests-0123456789abcdef",
  password: goldenUser.password,
};

/** Milliseconds for one operation of the engine: one takes ten seconds, and a machine may be busy otherwise. */
export const patience = 300_000;

/** The project's own policy pack. */
export const policyPacks = [path.join(root, "policies")];

/** What the engine prints of policy packs, at the end of its output. */
export function policiesIn(output: string): string {
  return /Policies:\s*([^]*)/.exec(output)?.[1] ?? "";
}

/** Skips a suite, with a sentence, when the engine cannot be used here. */
export function skipWithoutEngine(hook: Mocha.Context): void {
  const why = whyNot();
  if (why === undefined) return;
  console.log(`    skipped: ${why}`);
  hook.skip();
}

function whyNot(): string | undefined {
  const found = spawnSync("pulumi", ["version"], { env: { ...process.env, ...quiet } });
  return found.status === 0
    ? undefined
    : "no `pulumi` is on PATH (node scripts/build-engine.mjs builds it)";
}

const quiet = {
  PULUMI_SKIP_UPDATE_CHECK: "true",
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
};

/** Where the language host is that an engine without one needs to run a program by itself. */
export const languageHost = path.join(root, "fakes", "pulumi", "bin", "language");

/** Runs the CLI. Rejects with what it printed when it fails. */
export async function pulumi(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  try {
    const given = { cwd, env: { ...process.env, ...quiet, ...env } };
    return (await promisify(execFile)("pulumi", [...args, "--non-interactive"], given)).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${stdout}\n${stderr}`);
  }
}

/** The zones of ap-northeast-1 that new accounts have: it has a fourth, b. */
const tokyoZones = ["a", "c", "d"];

export interface WorkplaceOptions {
  /** Lines to put under `config:` of the stack file. */
  readonly config?: readonly string[];
  /** Milliseconds SORACOM takes for a VPG. Default: as long as two reads of it. */
  readonly creatingMs?: number;
  readonly env?: Record<string, string>;
  /** SORACOM of another workplace, for stacks of the same operator. Default: one of its own. */
  readonly soracom?: SoracomApi;
  /** Default: the project's own program. */
  readonly program?: PulumiFn;
}

/**
 * All a stack needs, on this machine only: the engine with its state in a file, AWS in a folder, SORACOM's API as
 * a stand-in and its CLI on PATH. The program is the project's own; commands run in a folder that shows the
 * project's driver and its loader, so that nothing is written into the project.
 */
export class Workplace {
  private constructor(
    readonly stack: Stack,
    readonly soracom: SoracomApi,
    readonly folder: string,
    readonly env: Record<string, string>,
    private readonly isSharing: boolean,
  ) {}

  static async open(stackName: string, options: WorkplaceOptions = {}): Promise<Workplace> {
    fs.mkdirSync(path.join(root, ".twin"), { recursive: true });
    const folder = fs.mkdtempSync(path.join(root, ".twin", `engine-${stackName}-`));
    fs.copyFileSync(path.join(root, "Pulumi.yaml"), path.join(folder, "Pulumi.yaml"));
    const stackFile = `Pulumi.${stackName}.yaml`;
    const lines = (options.config ?? []).map((line) => `  canal-ftp:${line}\n`).join("");
    fs.writeFileSync(
      path.join(folder, stackFile),
      `${fs.readFileSync(path.join(root, stackFile), "utf8")}${lines}`,
    );
    for (const needed of ["soracom", "index.ts"]) {
      fs.symlinkSync(path.join(root, needed), path.join(folder, needed));
    }
    const { creatingMs } = options;
    const soracom = options.soracom ?? (await startSoracomApi({ creatingMs }));
    const inFolder = (name: string) => {
      fs.mkdirSync(path.join(folder, name));
      return path.join(folder, name);
    };
    const tools = [
      // A folder with the real pulumi-resource-command in place of the stand-in.
      ...(process.env.PULUMI_COMMAND_PLUGIN ? [process.env.PULUMI_COMMAND_PLUGIN] : []),
      path.join(root, "fakes", "pulumi", "bin"),
      path.join(root, "fakes", "soracom", "bin"),
    ];
    const env = {
      ...quiet,
      PULUMI_BACKEND_URL: `file://${inFolder("state")}`,
      PULUMI_HOME: inFolder("home"),
      PULUMI_CONFIG_PASSPHRASE: "for tests",
      PATH: [...tools, process.env.PATH].join(path.delimiter),
      TWIN_ACCOUNT: inFolder("account"),
      SORACOM_ENDPOINT: soracom.endpoint,
      SORACOM_AUTH_KEY_ID: secrets.authKeyId,
      SORACOM_AUTH_KEY: secrets.authKey,
      CANAL_FTP_POLL_SECONDS: "0.05",
      CANAL_FTP_CALLS_PER_MINUTE: "100000",
      ...options.env,
    };
    const stack = await LocalWorkspace.createStack(
      { stackName, projectName: "canal-ftp", program: options.program ?? (async () => program()) },
      { workDir: folder, envVars: env },
    );
    const workplace = new Workplace(stack, soracom, folder, env, options.soracom !== undefined);
    workplace.listZones();
    await workplace.addUser(0, goldenUser.name, goldenUser.password);
    return workplace;
  }

  /**
   * The same stack as the CLI runs it: it starts the program as a process of its own, which Pulumi's runner finds by
   * Pulumi.yaml and package.json of the project.
   *
   * @param env variables on top of the workplace's own
   */
  async asTyped(env: Readonly<Record<string, string>> = {}): Promise<Stack> {
    const folder = path.join(this.folder, "typed");
    fs.mkdirSync(folder);
    fs.symlinkSync(root, path.join(folder, "program"));
    const projectFile = fs.readFileSync(path.join(this.folder, "Pulumi.yaml"), "utf8");
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), `${projectFile}\nmain: program/\n`);
    const stackFile = `Pulumi.${this.stack.name}.yaml`;
    fs.copyFileSync(path.join(this.folder, stackFile), path.join(folder, stackFile));
    const pathWithEngine = [languageHost, this.env.PATH].join(path.delimiter);
    return LocalWorkspace.selectStack(
      { stackName: this.stack.name, workDir: folder },
      { envVars: { ...this.env, PATH: pathWithEngine, ...env } },
    );
  }

  /** The zones that AWS lists from now on; `more` are names in addition to those of Tokyo. */
  listZones(...more: string[]): void {
    const zones = [...tokyoZones, ...more].map((name) => `ap-northeast-1${name}`);
    this.stack.workspace.envVars.TWIN_ZONES = zones.sort().join(",");
  }

  /** The URN of the one resource of this type, as the state has it, whose name ends so. */
  urn(type: string, suffix: string): string {
    const urns = this.stateText().match(/"urn:pulumi:[^"]+"/g) ?? [];
    const found = new Set(
      urns.filter((urn) => urn.includes(`:${type}::`) && urn.endsWith(`${suffix}"`)),
    );
    if (found.size !== 1) throw new Error(`${found.size} resources ${type} …${suffix}`);
    return JSON.parse([...found][0]) as string;
  }

  addUser(index: number, name: string, password: string): Promise<void> {
    const user = `canal-ftp:users[${index}]`;
    return this.stack.setAllConfig(
      {
        [`${user}.name`]: { value: name },
        [`${user}.password`]: { value: password, secret: true },
      },
      true,
    );
  }

  set(key: string, value: string, path = false): Promise<void> {
    return this.stack.setConfig(`canal-ftp:${key}`, { value }, path);
  }

  /** The CLI itself, for what the Automation API does otherwise. Rejects with what it printed when it fails. */
  pulumi(...args: string[]): Promise<string> {
    return pulumi([...args, "--stack", this.stack.name], this.folder, this.env);
  }

  /** Everything the engine keeps, as it is on disk. */
  stateText(): string {
    const states = path.join(this.folder, "state");
    return (fs.readdirSync(states, { recursive: true }) as string[])
      .map((name) => path.join(states, name))
      .filter((name) => fs.statSync(name).isFile())
      .map((name) => fs.readFileSync(name, "utf8"))
      .join("\n");
  }

  async close(): Promise<void> {
    if (!this.isSharing) await this.soracom.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
