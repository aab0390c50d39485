/**
 * Calls of AWS services that speak JSON by X-Amz-Target, over node:https.
 *
 * Not over fetch: its first call in a process takes 30 ms more and 12 MiB, and every later one twice as long,
 * and each device's login waits for it.
 */
import * as http from "node:http";
import * as https from "node:https";
import type { AwsSettings } from "../settings";
import { signedHeaders } from "./sign";

/** A service did not do what it was asked. The message holds no request, no answer and no key. */
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

/** Which service, and where. */
export interface Service {
  /** Signing name, and first part of the host's name. */
  readonly name: string;
  /** What X-Amz-Target begins with. */
  readonly target: string;
  /** Version of the JSON protocol: `1.0` or `1.1`. */
  readonly version: string;
  /** Instead of the region's own. */
  readonly endpoint?: string;
}

/** Calls an operation and resolves with its answer. Rejects with {@link AwsError}. */
export type AwsCall = (operation: string, input: object) => Promise<Record<string, unknown>>;

/** Sockets are kept: the TLS handshake costs more than the call. */
const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true }),
};

/** Largest answer read, in bytes; four items of DynamoDB's largest size are less. */
const longestAnswer = 2 * 1024 * 1024;

/** What may pass when asked again; everything else is the same every time. */
const passing =
  /^(Timeout|Unreachable|HTTP (429|5\d\d)|.*Throttl.*|ProvisionedThroughputExceeded.*|RequestLimitExceeded|InternalServer(Error|Exception)|InternalServiceError|ServiceUnavailable.*|TransactionInProgress.*|LimitExceeded.*)$/;

/** The caller of one service: each try is bounded in time, and what may pass is tried again. */
export function awsCall(service: Service, settings: AwsSettings): AwsCall {
  const { region, timeoutMs, attempts } = settings;
  const url = new URL(service.endpoint ?? `https://${service.name}.${region}.${domainOf(region)}`);

  return async (operation, input) => {
    const body = JSON.stringify(input);
    const target = `${service.target}.${operation}`;
    for (let attempt = 1; ; attempt++) {
      try {
        // Signed again each time: a signature is good for minutes, and the function may sleep between tries.
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
        if (attempt >= attempts || !passing.test(failure.code)) throw failure;
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
            if (length > longestAnswer) request.destroy(new AwsError("answer", "BadAnswer"));
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

// A parser's message quotes what it could not read, so it goes no further.
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

/** Up to 50 ms, then up to 100 ms and so on, at random: devices come at the same second as it is. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 25 * 2 ** attempt));
}

function domainOf(region: string): string {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
