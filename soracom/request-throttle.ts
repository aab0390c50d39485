import { defaultRequestsPerSecond } from "./rates";
import { RunControl, sleep } from "./run-control";

/** Waits between two attempts of one request, in seconds: in total longer than the minute of a limit. */
const backOffSeconds = [2, 4, 8, 16, 32, 64];

/** Attempts of one request, the first included. */
export const maxAttempts = backOffSeconds.length + 1;

/** The random share of every wait, so that programs refused at the same time do not retry at the same time. */
const jitter = 0.25;

/**
 * Milliseconds to wait after the n-th failed attempt, from 1.
 *
 * @param random - 0 to 1.
 */
export function backOffMs(attempt: number, random: number): number {
  return 1000 * backOffSeconds[attempt - 1] * (1 + jitter * random);
}

interface Limit {
  /** Requests that are allowed before `refreshedAt`. */
  remaining: number;
  readonly refreshedAt: number;
  /** Whether a wait for it was printed. */
  isReported?: boolean;
}

/**
 * Delays requests until SORACOM admits them: evenly spaced over all operations, and each operation only while its
 * limit is not used up. Limits are per minute and path; they are not published, but replies contain them
 * (https://changelog.soracom.io/soracom-api-now-returns-rate-limit-information-as-a-response-4ff1VS).
 */
export class RequestThrottle {
  private readonly limits = new Map<string, Limit>();
  private nextRequestAt = 0;

  constructor(
    private readonly control: RunControl,
    private readonly requestsPerSecond = defaultRequestsPerSecond,
    /** Prints that requests wait for a limit. */
    private readonly reportWait = control.log,
  ) {}

  /** Resolves when a request of the operation may be sent. Rejects with Stopped. */
  async acquire(operation: string): Promise<void> {
    const { clock } = this.control;
    for (;;) {
      const now = clock.now();
      const limit = this.limits.get(operation);
      if (limit && limit.remaining <= 0 && limit.refreshedAt > now) {
        const waitMs = limit.refreshedAt - now;
        if (!limit.isReported) {
          this.reportWait(
            `SORACOM's limit for ${operation} is used up; continuing in ${Math.ceil(waitMs / 1000)} s`,
          );
          limit.isReported = true;
        }
        await sleep(this.control, waitMs);
      } else if (this.nextRequestAt > now) {
        await sleep(this.control, this.nextRequestAt - now);
      } else {
        this.nextRequestAt = now + 1000 / this.requestsPerSecond;
        if (limit) limit.remaining--;
        return;
      }
    }
  }

  /**
   * Reads the limit in a response. SORACOM does not count requests in progress, so within a minute the limit is only
   * lowered.
   */
  updateLimit(operation: string, headers: Headers): void {
    const remaining = numberOf(headers, "x-soracom-ratelimit-remaining");
    const seconds = secondsToRefresh(headers);
    if (remaining === undefined || seconds === undefined) return;
    const now = this.control.clock.now();
    const known = this.limits.get(operation);
    const isKnown = known !== undefined && known.refreshedAt > now;
    if (isKnown) known.remaining = Math.min(known.remaining, remaining);
    else this.limits.set(operation, { remaining, refreshedAt: now + 1000 * seconds });
  }

  /**
   * Delays all requests of an operation that exceeded its limit.
   *
   * @param fallbackMs - The delay when the response contains no time.
   */
  suspend(operation: string, headers: Headers, fallbackMs: number): void {
    const seconds = secondsToRefresh(headers);
    const waitMs = seconds === undefined ? fallbackMs : 1000 * seconds;
    this.limits.set(operation, {
      remaining: 0,
      refreshedAt: this.control.clock.now() + waitMs,
    });
  }
}

function secondsToRefresh(headers: Headers): number | undefined {
  return (
    numberOf(headers, "x-soracom-ratelimit-seconds-before-refresh") ??
    numberOf(headers, "retry-after")
  );
}

function numberOf(headers: Headers, name: string): number | undefined {
  const value = Number(headers.get(name) ?? "-");
  return value >= 0 ? value : undefined;
}
