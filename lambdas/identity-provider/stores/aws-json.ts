/**
 * Calls AWS services with the JSON protocol (X-Amz-Target) over node:https.
 *
 * fetch is not used: its first call in a process takes 30 ms and 12 MiB more, every later call takes twice as long,
 * and each login waits for it.
 */
import * as http from "node:http";
import * as https from "node:https";
import type { AwsSettings } from "../settings";
import { signedHeaders } from "./sign";

/** A failed call of a service. The message contains no part of the request or the response, and no key. */
export class AwsError extends Error {
  override readonly name = "AwsError";

  /**
   * @param code - The service's own code, for example `ConditionalCheckFailedException`, or `Timeout`,
   *   `Unreachable`, `BadAnswer`, `HTTP 503`.
   */
  constructor(
    operation: string,
    readonly code: string,
    readonly detail = "",
  ) {
    super(`${operation}: ${code}${detail && ` (${detail})`}`);
  }
}

/** A service and its endpoint. */
export interface Service {
  /** Signing name, and first part of the host name. */
  readonly name: string;
  /** Prefix of X-Amz-Target. */
  readonly target: string;
  /** Version of the JSON protocol: `1.0` or `1.1`. */
  readonly version: string;
  /** Replaces the region's endpoint. */
  readonly endpoint?: string;
}

/** Calls an operation and resolves with its response. Rejects with {@link AwsError}. */
export type AwsCall = (operation: string, input: object) => Promise<Record<string, unknown>>;

/** Connections are kept open: a TLS handshake takes longer than a call. */
const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true }),
};

/** Maximum bytes of a response; four items of DynamoDB's maximum size are less. */
const maxResponseBytes = 2 * 1024 * 1024;

/** Error codes that may succeed on a retry; others are permanent. */
const retryable =
  /^(Timeout|Unreachable|HTTP (429|5\d\d)|.*Throttl.*|ProvisionedThroughputExceeded.*|RequestLimitExceeded|InternalServer(Error|Exception)|InternalServiceError|ServiceUnavailable.*|TransactionInProgress.*|LimitExceeded.*)$/;

/** Returns a function that calls one service: each attempt has a timeout, and temporary errors are retried. */
export function awsCall(service: Service, settings: AwsSettings): AwsCall {
  const { region, timeoutMs, attempts } = settings;
  const url = new URL(service.endpoint ?? `https://${service.name}.${region}.${domainOf(region)}`);

  return async (operation, input) => {
    const body = JSON.stringify(input);
    const target = `${service.target}.${operation}`;
    for (let attempt = 1; ; attempt++) {
      try {
        // Signed for each attempt: a signature is valid for minutes, and the function may be frozen between attempts.
        const signed = signedHeaders(
          { host: url.host, service: service.name, region, target, body, at: new Date() },
          settings.credentials,
        );
        const type = `application/x-amz-json-${service.version}`;
        return read(
          operation,
          await post(url, { ...signed, "content-type": type }, body, timeoutMs),
        );
      } catch (error) {
        const failure = error instanceof AwsError ? error : new AwsError(operation, "Unreachable");
        if (attempt >= attempts || !retryable.test(failure.code)) throw failure;
        await pause(attempt);
      }
    }

    function read(name: string, { status, text }: Answer): Record<string, unknown> {
      const answer = parse(text);
      if (status === 200 && answer) return answer;
      if (status === 200) throw new AwsError(name, "BadAnswer");
      const type = typeof answer?.__type === "string" ? answer.__type : `HTTP ${status}`;
      const code = type.slice(type.lastIndexOf("#") + 1);
      // Other messages may quote the request; a signature error quotes the session token.
      const hasUsefulMessage =
        code === "AccessDeniedException" || code === "InvalidRequestException";
      const message = answer?.message ?? answer?.Message;
      throw new AwsError(
        name,
        code,
        hasUsefulMessage && typeof message === "string" ? message : "",
      );
    }
  };

  function post(
    to: URL,
    headers: Record<string, string>,
    body: string,
    milliseconds: number,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const secure = to.protocol === "https:";
      const request = (secure ? https : http).request(
        to,
        {
          method: "POST",
          agent: agents[secure ? "https:" : "http:"],
          headers: { ...headers, "content-length": Buffer.byteLength(body) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          let length = 0;
          response.on("data", (chunk: Buffer) => {
            length += chunk.length;
            if (length > maxResponseBytes) request.destroy(new AwsError("answer", "BadAnswer"));
            else chunks.push(chunk);
          });
          response.on("end", () => {
            clearTimeout(timer);
            resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
          });
          response.on("error", fail);
        },
      );
      const timer = setTimeout(
        () => request.destroy(new AwsError(service.name, "Timeout")),
        milliseconds,
      );
      request.on("error", fail);
      request.end(body);

      function fail(error: Error): void {
        clearTimeout(timer);
        reject(error);
      }
    });
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

// The parser's message quotes the text, so it is not passed on.
function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A random time of up to 50 ms, then up to 100 ms and so on, because many devices log in in the same second. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 25 * 2 ** attempt));
}

function domainOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
