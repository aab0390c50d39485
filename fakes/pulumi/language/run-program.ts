import { spawn } from "node:child_process";
import * as fs from "node:fs";

import type { RunRequest } from "@pulumi/pulumi/proto/language_pb";

/** How a program ended. */
export interface ProgramResult {
  /** Empty on success, and when the program has reported the error itself. */
  readonly error: string;
  /** Whether the program has reported the error itself. */
  readonly isReported: boolean;
}

/** Exit code of Pulumi's runner when it has reported an error itself (`cmd/run/index.js`). */
const reportedCode = 32;

/** The options of `runtime` in Pulumi.yaml that this host knows. */
interface RuntimeOptions {
  readonly typescript?: boolean;
  readonly tsconfig?: string;
}

/** File for the start time of the last program in milliseconds since 1970, for benchmarks. Default: none. */
const startedFile = process.env.TWIN_PROGRAM_STARTED;

/**
 * Runs a Node.js program as Pulumi's language host does: with Pulumi's own runner, in the program's folder, its
 * configuration in the environment.
 *
 * @param engine address of the engine's own service
 */
export function runProgram(request: RunRequest, engine: string): Promise<ProgramResult> {
  const info = request.getInfo();
  const options = (info?.getOptions()?.toJavaScript() ?? {}) as RuntimeOptions;
  const named: Record<string, string> = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    "root-directory": info?.getRootDirectory() ?? "",
    pwd: info?.getProgramDirectory() ?? request.getPwd(),
    parallel: String(request.getParallel()),
  };
  const flags = Object.entries(named).flatMap(([name, value]) =>
    value ? [`--${name}`, value] : [],
  );
  if (request.getDryrun()) flags.push("--dry-run");
  const entry = info?.getEntryPoint() || ".";
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...(options.typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
  };
  return new Promise((resolve, reject) => {
    const run = require.resolve("@pulumi/pulumi/cmd/run");
    if (startedFile) fs.writeFileSync(startedFile, String(Date.now()));
    const child = spawn(process.execPath, [run, ...flags, entry], {
      env,
      // The engine treats the host's output as the program's; the first line was the host's port.
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const isReported = code === reportedCode;
      const error = code === 0 || isReported ? "" : `The program ended with ${signal ?? code}.`;
      resolve({ error, isReported });
    });
  });
}
