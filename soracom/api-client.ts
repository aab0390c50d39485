import { credentialsHint } from "./credentials";
import { ApiError, DriverError, NoResponseError, Stopped } from "./errors";
import { LogIn } from "./log-in";
import { RequestThrottle, backOffMs, maxAttempts } from "./request-throttle";
import { RunControl, checkStop, sleep } from "./run-control";
import { Coverage } from "./spec";

/** Sends a request; tests pass their own. */
export type Fetch = typeof fetch;

/** A method and a path of SORACOM's specification, with parameter names in braces. */
export type Operation = `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;

export interface ApiRequest {
  /** The operationId, for messages and limits. */
  readonly name: string;
  readonly operation: Operation;
  /** Values of the path's parameters. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /**
   * Whether it completes a change that an earlier request began. Such a request is also sent, once, after a request
   * to stop, because no later run would complete the change. Default false.
   */
  readonly isCompletion?: boolean;
}

export interface ApiReply {
  /** undefined when the reply has no body. */
  readonly body: unknown;
  readonly headers: Headers;
}

/** Who logged in: an operator's root user, or a user of SAM, SORACOM's access management. */
export interface Account {
  readonly operatorId: string;
  /** undefined for the root user, who is permitted everything. */
  readonly userName?: string;
}

/** Credentials of requests, as `auth` returns them. They stay in memory. */
interface Token extends Account {
  readonly apiKey: string;
  readonly token: string;
}

export interface ApiClientOptions {
  readonly coverage: Coverage;
  /** Reads the credentials. */
  readonly logIn: () => LogIn;
  readonly control: RunControl;
  readonly throttle: RequestThrottle;
  /** Scheme and host, as the CLI reads them from SORACOM_ENDPOINT. Default: the coverage's API. */
  readonly endpoint?: string;
  /** Default: Node's. */
  readonly fetch?: Fetch;
  /** Timeout of one reply in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** Whether a request without a reply fails at the first attempt. Default false. */
  readonly isImpatient?: boolean;
}

const endpoints: Readonly<Record<Coverage, string>> = {
  jp: "https://api.soracom.io",
  g: "https://g.api.soracom.io",
};

const defaultTimeoutMs = 60_000;

/**
 * SORACOM's API without the CLI, which logs in at every call: one log-in for any number of requests, within SORACOM's
 * limits. A request without a usable reply (429, 5xx, none) is sent again; use it for operations that may be repeated.
 */
export class ApiClient {
  private session?: Promise<Token>;

  constructor(private readonly options: ApiClientOptions) {}

  /** Whether SORACOM has accepted the credentials. */
  isLoggedIn = false;

  /** Scheme and host of the API. */
  get host(): string {
    return this.options.endpoint || endpoints[this.options.coverage];
  }

  /** Logs in, if that has not been done. Throws as `call`. */
  async account(): Promise<Account> {
    const { operatorId, userName } = await (this.session ??= this.openSession());
    return { operatorId, userName };
  }

  /** Throws ApiError, NoResponseError, or a DriverError when the credentials are refused. */
  async call(request: ApiRequest): Promise<ApiReply> {
    for (let isSecond = false; ; isSecond = true) {
      this.session ??= this.openSession();
      const { session } = this;
      try {
        return await this.callWithRetries(request, await session);
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 401)) throw error;
        if (isSecond) throw this.refusedKeyError(error);
        // The token has expired; another request may already have started a new log-in.
        if (this.session === session) this.session = undefined;
      }
    }
  }

  private openSession(): Promise<Token> {
    const session = this.logIn();
    // A failure applies to the requests that wait for this log-in; later requests log in again.
    session.catch(() => {
      if (this.session === session) this.session = undefined;
    });
    return session;
  }

  private async logIn(): Promise<Token> {
    const { body, switchTo } = this.options.logIn();
    try {
      const reply = await this.callWithRetries({ name: "auth", operation: "POST /auth", body });
      let token = tokenOf(reply);
      if (switchTo) {
        const operation = "POST /auth/switch_user";
        const reply = await this.callWithRetries(
          { name: "switchUser", operation, body: switchTo },
          token,
        );
        token = { ...switchTo, ...tokenOf(reply) };
      }
      this.isLoggedIn = true;
      return token;
    } catch (error) {
      throw error instanceof ApiError && error.status! < 429 ? this.refusedKeyError(error) : error;
    }
  }

  private refusedKeyError({ code, detail }: ApiError): DriverError {
    const hint = credentialsHint(this.options.coverage);
    return new DriverError(`SORACOM refused the key: ${code} ${detail}. ${hint}`);
  }

  private async callWithRetries(request: ApiRequest, token?: Token): Promise<ApiReply> {
    const { control, isImpatient } = this.options;
    for (let attempt = 1; ; attempt++) {
      if (!(request.isCompletion && control.stop.aborted)) await this.acquire(request);
      try {
        return await this.send(request, token, attempt);
      } catch (error) {
        if (!isTemporary(error) || attempt === maxAttempts) throw error;
        if (isImpatient && error instanceof NoResponseError) throw error;
        checkStop(control);
        control.log(`${(error as Error).message}; attempt ${attempt + 1} follows`);
        // A request that exceeded a limit waits in the throttle until the limit is refreshed.
        if (!isLimited(error)) await sleep(control, backOffMs(attempt, Math.random()));
      }
    }
  }

  private async acquire({ name, isCompletion }: ApiRequest): Promise<void> {
    const { control, throttle } = this.options;
    try {
      await throttle.acquire(name);
      checkStop(control);
    } catch (error) {
      if (!(isCompletion && error instanceof Stopped)) throw error;
    }
  }

  private async send(request: ApiRequest, token: Token | undefined, attempt: number) {
    const { throttle, fetch: send = fetch, timeoutMs = defaultTimeoutMs } = this.options;
    const { name, body } = request;
    let reply: Response;
    let text: string;
    try {
      reply = await send(this.urlOf(request), {
        method: request.operation.split(" ")[0],
        headers: {
          "Content-Type": "application/json",
          "X-Soracom-Lang": "en",
          ...(token && { "X-Soracom-API-Key": token.apiKey, "X-Soracom-Token": token.token }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        // The token goes to this host only.
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await reply.text();
    } catch (error) {
      throw new NoResponseError(name, reasonOf(error));
    }
    const { status, headers } = reply;
    if (status === 429) throttle.suspend(name, headers, backOffMs(attempt, Math.random()));
    else throttle.updateLimit(name, headers);
    if (reply.ok) return { headers, body: text === "" ? undefined : parse(name, text) };
    const { code = `HTTP ${status}`, message = "" } = errorBody(text);
    throw new ApiError(name, code, message, status);
  }

  private urlOf({ operation, path = {}, query = {} }: ApiRequest): string {
    const filled = operation
      .split(" ")[1]
      .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name]));
    const search = new URLSearchParams(query).toString();
    return `${this.host}/v1${filled}${search && `?${search}`}`;
  }
}

function isLimited(error: unknown): boolean {
  return error instanceof ApiError && error.status === 429;
}

function isTemporary(error: unknown): boolean {
  return error instanceof NoResponseError || (error instanceof ApiError && error.status! >= 429);
}

/** Why there is no reply: fetch puts the reason into the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NoResponseError(name, "the reply is not JSON");
  }
}

/** The code and message of an error reply. A load balancer's error page has neither. */
function errorBody(text: string): { code?: string; message?: string } {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? body : {};
  } catch {
    return {};
  }
}

function tokenOf({ body }: ApiReply): Token {
  const { apiKey, token, operatorId = "", userName } = (body ?? {}) as Partial<Token>;
  if (!apiKey || !token) {
    throw new DriverError("SORACOM's reply to the log-in has no token. Check SORACOM_ENDPOINT.");
  }
  return { apiKey, token, operatorId, ...(userName && { userName }) };
}
