import { CliIdentity, credentialsHint } from "./credentials";
import { CliThrottle } from "./cli-throttle";
import { RunControl, checkStop, sleep } from "./run-control";
import { DriverError, ApiError, NoResponseError, isFailedCall } from "./errors";
import { CliResult, installHint, RunCli } from "./run-cli";

/**
 * When to repeat a failed call:
 * - `once`: never. For calls that create: a repeated call could create a second item; the caller reads first.
 * - `untilAnswered`: while there is no answer. A refusal is returned to the caller.
 * - `untilDone`: also after a refusal, which may have been 429 or 5xx. For calls that are safe to repeat.
 */
export type RetryPolicy = "once" | "untilAnswered" | "untilDone";

/** Waits between the attempts of one call: after too many calls, SORACOM requires a wait of up to a minute. */
const waitsMs = [2000, 4000, 8000, 16_000, 32_000, 64_000];

/**
 * Matches a refusal for too many calls. The CLI reports no status, and the code is not documented; with LC_ALL=C
 * the messages are English.
 */
const tooMany = /rate.?limit|too many|throttl|STANDIN_RATE/i;

/** The seconds to wait that a refusal names, for example "retry after 30 seconds". */
const namedSeconds = /(\d{1,3}) ?s(?:ec(?:ond)?s?)?\b/i;

/**
 * Runs CLI commands and classifies the result: JSON, an ApiError, a NoResponseError, or a DriverError.
 * The CLI's own retries are always off: they take up to two minutes without output, and after them the CLI
 * prints neither the status nor the error body.
 */
export class Caller {
  private answered = false;
  private readonly throttle: CliThrottle;

  constructor(
    private readonly run: RunCli,
    private readonly identity: CliIdentity,
    /** `jp` or `g`. Passed on every call: the CLI treats any other value as Japan. */
    private readonly coverage: "jp" | "g",
    readonly control: RunControl,
    callsPerMinute: number,
  ) {
    this.throttle = new CliThrottle(control, callsPerMinute);
  }

  /**
   * Returns the JSON that the command printed, undefined when it printed nothing.
   * A refusal with one of the codes in `fine` counts as success.
   */
  async call(
    words: readonly [string, string],
    flags: readonly string[],
    retry: RetryPolicy,
    fine: readonly string[] = [],
  ): Promise<unknown> {
    const operation = words.join(" ");
    for (let attempt = 0; ; attempt++) {
      // The CLI logs in before each call.
      await this.throttle.acquire("auth", operation);
      checkStop(this.control);
      try {
        const result = await this.run(
          [
            ...words,
            ...flags,
            ...["--coverage-type", this.coverage, "--no-retry-on-error"],
            ...this.identity.flags,
          ],
          this.identity.env,
        );
        const answer = this.read(operation, result);
        this.answered = true;
        return answer;
      } catch (error) {
        if (error instanceof ApiError && fine.includes(error.code)) return undefined;
        if (!isFailedCall(error) || attempt === waitsMs.length || !isRepeated(error, retry)) {
          throw error;
        }
        const wait = waitFor(error, attempt);
        this.control.log(`${error.message}; trying again in ${Math.round(wait / 1000)} s`);
        await sleep(this.control, wait);
      }
    }
  }

  /**
   * The message for a failure that ends the run. Before the first answer, the most likely reason for a
   * refusal is the identity, so the message lists what to check.
   */
  describeFailure(error: ApiError | NoResponseError): string {
    return this.answered || error instanceof NoResponseError
      ? `${error.message}.`
      : `${error.message}. ${credentialsHint(this.coverage)}`;
  }

  private read(operation: string, result: CliResult): unknown {
    const stderr = this.hide(result.stderr);
    if (result.exitCode === 0) return parseAnswer(operation, result.stdout);
    // The update notice and other output may precede it.
    const printed = /^Error: ?([\s\S]*)/m.exec(stderr)?.[1].trim() ?? stderr.trim();
    const body = errorBody(printed);
    if (body) {
      // Codes that begin with AUM come from SORACOM's authentication; repeating cannot help.
      if (body.code.startsWith("AUM")) {
        throw new DriverError(
          `SORACOM refused the key: ${body.code} ${body.message}. ${credentialsHint(this.coverage)}`,
        );
      }
      throw new ApiError(operation, body.code, body.message);
    }
    if (/^unknown (shorthand )?(flag|command)/.test(printed)) {
      throw new DriverError(
        `The SORACOM CLI is too old or another program (${printed.split("\n")[0]}): ${installHint}.`,
      );
    }
    if (/^Usage:/m.test(printed) || clientSide.test(printed)) {
      throw new DriverError(
        `The SORACOM CLI could not start "${operation}": ${printed.split("\n")[0]}. Check the profile and the command it names.`,
      );
    }
    throw new NoResponseError(operation, printed.slice(0, 300) || `exit code ${result.exitCode}`);
  }

  private hide(text: string): string {
    return this.identity.secrets.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
  }
}

/** A refusal for too many calls changed nothing, so any call is repeated after it. */
function isRepeated(error: ApiError | NoResponseError, retry: RetryPolicy): boolean {
  if (error instanceof NoResponseError) return retry !== "once";
  return retry === "untilDone" || isTooMany(error);
}

function isTooMany(error: ApiError | NoResponseError): boolean {
  return error instanceof ApiError && tooMany.test(`${error.code} ${error.detail}`);
}

/** With jitter, so that parallel Commands do not return together; at least what the refusal names. */
function waitFor(error: ApiError | NoResponseError, attempt: number): number {
  const wait = waitsMs[attempt] * (0.5 + Math.random() / 2);
  const named = isTooMany(error) ? namedSeconds.exec(error.detail)?.[1] : undefined;
  return Math.max(wait, 1000 * Number(named ?? 0));
}

/** Failures before anything was sent: a profile that cannot be read, a profile command that fails. */
const clientSide =
  /no such file|too open|permission denied|executable file not found|exit status|no api credentials/i;

function errorBody(printed: string): { code: string; message: string } | undefined {
  try {
    const body: unknown = JSON.parse(printed);
    if (typeof body !== "object" || body === null) return undefined;
    const { code, message } = body as { code?: unknown; message?: unknown };
    return typeof code === "string" ? { code, message: String(message ?? "") } : undefined;
  } catch {
    return undefined;
  }
}

/** Exit code 0 is no proof: a mistyped or unknown subcommand prints its group's help and exits 0. */
function parseAnswer(operation: string, stdout: string): unknown {
  if (stdout.trim() === "") return undefined;
  try {
    return JSON.parse(stdout);
  } catch {
    throw new DriverError(
      `The SORACOM CLI printed help or something else that is not JSON for "${operation}", so it does not know that command: ${installHint}.`,
    );
  }
}
