import { Access, answerSeconds } from "./access";
import { ApiClient, ApiClientOptions, Fetch } from "./api-client";
import { Caller } from "./caller";
import { Clock, systemClock } from "./clock";
import { identityFrom } from "./credentials";
import { Job } from "./job";
import { logInFrom } from "./log-in";
import { RequestThrottle } from "./request-throttle";
import { checkBefore } from "./preflight";
import { RunControl, readTimes } from "./run-control";
import { DriverError, isFailedCall } from "./errors";
import { RunCli, processRunner } from "./run-cli";
import { SimApi } from "./sim-api";
import { Soracom } from "./soracom-api";
import { Coverage } from "./spec";

/** Environment, output and limits of the connection. */
export interface ConnectOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly stop: AbortSignal;
  /** Receives progress, line by line. */
  log(line: string): void;
  /** Default: starts `cliOf` of the environment as a process. */
  readonly runCli?: RunCli;
  /** Sends requests to SORACOM's API. Default: Node's. */
  readonly fetch?: Fetch;
  /** Timeout of one API response in milliseconds. Default: that of ApiClient. */
  readonly timeoutMs?: number;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Requests to the API per second. Default: that of the environment. */
  readonly requestsPerSecond?: number;
  /** Receives messages about waits for a limit of SORACOM's. Default: `log`. */
  readonly reportWait?: (line: string) => void;
}

/** The SORACOM CLI to use: the one SORACOM_CLI names, else `soracom` on PATH. */
export function cliOf(env: NodeJS.ProcessEnv): string {
  return env.SORACOM_CLI || "soracom";
}

/**
 * Connects commands to SORACOM with the credentials and the CLI of the environment. `explain` converts a failed call
 * to a DriverError with a message for the user, and returns other errors unchanged. Throws a DriverError when there
 * are no credentials.
 */
export function connect(
  coverage: Coverage,
  options: ConnectOptions,
): { job: Job; explain(error: unknown): unknown } {
  const { env, stop, log, runCli = processRunner(cliOf(env)), clock = systemClock } = options;
  const { pollMs, timeoutSeconds, callsPerMinute, requestsPerSecond } = readTimes(env);
  const control: RunControl = {
    pollMs,
    timeoutSeconds,
    clock,
    stop,
    log,
  };
  const caller = new Caller(runCli, identityFrom(env), coverage, control, callsPerMinute);
  const apiOptions: ApiClientOptions = {
    coverage,
    logIn: () => logInFrom(env),
    control,
    throttle: new RequestThrottle(
      control,
      options.requestsPerSecond ?? requestsPerSecond,
      options.reportWait,
    ),
    endpoint: env.SORACOM_ENDPOINT,
    fetch: options.fetch,
    timeoutMs: options.timeoutMs,
  };
  const api = new ApiClient(apiOptions);
  const timeoutMs = Math.min(options.timeoutMs ?? Infinity, 1000 * answerSeconds);
  const access = new Access(new ApiClient({ ...apiOptions, timeoutMs, isImpatient: true }));
  const job: Job = {
    soracom: new Soracom(caller),
    sims: new SimApi(api),
    control,
    access,
    checkBefore: (existing) => checkBefore({ runCli, env, access, log }, existing),
    inCoverage: (other) => (other === coverage ? job : connect(other, options).job),
  };
  return {
    job,
    explain: (error) => {
      if (!isFailedCall(error)) return error;
      return new DriverError(api.isLoggedIn ? `${error.message}.` : caller.describeFailure(error));
    },
  };
}
