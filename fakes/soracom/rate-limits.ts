/**
 * SORACOM limits the requests of an operator per minute and path, and those of `auth` per source address
 * (https://users.soracom.io/ja-jp/tools/api/limitations/); replies carry the limit, what remains of it, and the seconds
 * until it is refreshed
 * (https://changelog.soracom.io/soracom-api-now-returns-rate-limit-information-as-a-response-4ff1VS).
 * The limits themselves are not published.
 */
export interface RateLimit {
  /** Requests per minute and operation. */
  readonly perMinute: number;
  /** Whether replies carry the limit's headers. Default true. */
  readonly headers?: boolean;
  /** Milliseconds. Default: the process's clock. */
  readonly now?: () => number;
}

const minuteMs = 60_000;

interface Window {
  readonly end: number;
  requests: number;
}

/** Counts requests in windows of a minute, which begin with their first request. */
export class RateLimiter {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly limit: RateLimit) {}

  /** Counts a request: whether it is admitted, and the headers of its reply. */
  admit(operationId: string): { isAdmitted: boolean; headers: Record<string, string> } {
    const { perMinute, headers = true, now = () => performance.now() } = this.limit;
    const time = now();
    let window = this.windows.get(operationId);
    if (!window || time >= window.end) {
      window = { end: time + minuteMs, requests: 0 };
      this.windows.set(operationId, window);
    }
    const isAdmitted = window.requests < perMinute;
    if (isAdmitted) window.requests++;
    const given = {
      "x-soracom-ratelimit-limit": String(perMinute),
      "x-soracom-ratelimit-remaining": String(perMinute - window.requests),
      "x-soracom-ratelimit-seconds-before-refresh": String(Math.ceil((window.end - time) / 1000)),
    };
    return { isAdmitted, headers: headers ? given : {} };
  }
}
