/** A provider in a test's hands: cheap hashes, a clock that stands still, and every log line kept. */
import { hashPassword, scrypt, type Scrypt } from "../../../../lambdas/identity-provider/password";
import { Passwords } from "../../../../lambdas/identity-provider/passwords";
import { createHandler, type Handler } from "../../../../lambdas/identity-provider/provider";
import { Digests } from "../../../../lambdas/identity-provider/digests";
import type { Rules } from "../../../../lambdas/identity-provider/decision";
import type {
  UserRecord,
  UserStore,
} from "../../../../lambdas/identity-provider/stores/user-store";

export const serverId = "s-0123456789abcdef0";
export const address = "100.64.0.10";
export const password = "Rq7mZt2KxW9bLc4";
export const nextPassword = "Hn3vYd8PsJ6gFu5";

/** Costs well under a millisecond. */
export const cheap = { N: 2 ** 4, r: 8, p: 1 };

export const rules: Rules = {
  roleArn: "arn:aws:iam::111122223333:role/files",
  space: {
    bucketName: "files-bucket",
    bucketArn: "arn:aws:s3:::files-bucket",
    homePrefix: "users",
    sharedPrefix: "shared",
  },
  allowedCidrs: ["100.64.0.0/10"],
  protocols: ["FTP"],
  lockout: { addressFailures: 5, nameFailures: 12, windowSeconds: 900 },
  rememberSeconds: 0,
};

/** Digests under the tests' key. */
export const digests = new Digests("a key of the tests");

/** Hashes of the two passwords, made once. */
export const hashes = {
  first: hashPassword(password, cheap),
  next: hashPassword(nextPassword, cheap),
};

/** A user with the usual password by default. */
export async function user(name: string, fields: Partial<UserRecord> = {}): Promise<UserRecord> {
  return {
    name,
    passwordHashes: [await hashes.first],
    enabled: true,
    access: "read-write",
    mappings: [],
    ...fields,
  };
}

/** An attempt, whichever shape it is sent in. */
export interface Attempt {
  readonly user: string;
  readonly password?: string;
  readonly address?: string;
  readonly protocol?: string;
  readonly serverId?: string;
}

export function directEvent(attempt: Attempt) {
  return {
    username: attempt.user,
    password: attempt.password,
    protocol: attempt.protocol ?? "FTP",
    serverId: attempt.serverId ?? serverId,
    sourceIp: attempt.address ?? address,
  };
}

/** The event API Gateway makes of Transfer's request; the path is percent-encoded, as it is sent. */
export function proxyEvent(attempt: Attempt) {
  const encoded = (text: string) => Buffer.from(text, "utf8").toString("base64");
  const headers: Record<string, string> = { Host: "abc.execute-api.eu-west-1.amazonaws.com" };
  if (attempt.password !== undefined) headers.PasswordBase64 = encoded(attempt.password);
  return {
    resource: "/servers/{serverId}/users/{username}/config",
    httpMethod: "GET",
    headers,
    pathParameters: {
      serverId: attempt.serverId ?? serverId,
      username: encodeURIComponent(attempt.user),
    },
    queryStringParameters: {
      protocol: attempt.protocol ?? "FTP",
      sourceIp: attempt.address ?? address,
    },
    // The caller of the API is the Transfer service, whatever the client is.
    requestContext: { identity: { sourceIp: "54.0.0.1" } },
  };
}

export const events = { proxy: proxyEvent, direct: directEvent };
export type Shape = keyof typeof events;

/** The document of a response in either form. */
export function documentIn(shape: Shape, reply: unknown): Record<string, string> {
  if (shape === "direct") return reply as Record<string, string>;
  const { statusCode, body } = reply as { statusCode: number; body: string };
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  return JSON.parse(body);
}

/** A log line, read back. */
export type Line = Record<string, unknown> & { outcome: string; Reason: string };

/** A provider over a store. */
export class Bench {
  readonly written: string[] = [];
  /** Calls of scrypt so far. */
  hashed = 0;
  /** Epoch seconds. */
  now = 1_800_000_000;
  readonly handler: Handler;

  constructor(
    readonly store: UserStore,
    options: { rememberSeconds?: number; rules?: Rules; parameters?: typeof cheap } = {},
  ) {
    const counted: Scrypt = (...args) => {
      this.hashed++;
      return scrypt(...args);
    };
    const { rememberSeconds = 0 } = options;
    const dependencies = {
      store,
      rules: options.rules ?? { ...rules, rememberSeconds },
      passwords: new Passwords(options.parameters ?? cheap, counted),
      digests,
      clock: () => this.now * 1000,
    };
    this.handler = createHandler(
      () => dependencies,
      "test",
      (line) => this.written.push(line),
    );
  }

  /** The log so far. */
  get lines(): Line[] {
    return this.written.map((line) => JSON.parse(line));
  }

  /** Sends an attempt and returns its result: `granted`, or the reason of the refusal. */
  async try(attempt: Attempt, shape: Shape = "direct"): Promise<string> {
    const document = documentIn(shape, await this.handler(events[shape](attempt)));
    const { outcome, Reason } = this.lines.at(-1)!;
    if ("Role" in document) return outcome === "granted" ? outcome : `granted, logged ${outcome}`;
    if (Object.keys(document).length > 0) return "neither granted nor {}";
    return outcome === "denied" ? Reason : `denied, logged ${outcome}`;
  }
}
