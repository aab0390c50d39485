/** The requests to S3 that the function makes, signed by aws4fetch; the AWS SDK would be forty times the bundle. */
import { createHash } from "node:crypto";

import { AwsV4Signer } from "aws4fetch";

import type { Credentials } from "../shared/credentials";
import { Checksum, checksumIn } from "./checksum";
import { ObjectVersion, readVersions } from "./versions";

/** S3 rejected a request or did not answer. The message contains no contents and no keys of an account. */
export class S3Failure extends Error {
  override readonly name = "S3Failure";

  constructor(
    operation: string,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly code: string,
  ) {
    super(`${operation}: ${code}`);
  }
}

/** The connection to S3. */
export interface S3Settings {
  readonly region: string;
  readonly credentials: Credentials;
  /** Replaces the region's endpoint; the bucket is then a part of the path. */
  readonly endpoint?: string;
  /** Timeout of a request in milliseconds, including the reading of its response. */
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** An object. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

/** The metadata of an object. */
export interface Head {
  readonly bytes: number;
  /** Without its quotation marks. */
  readonly etag: string;
  readonly checksum?: Checksum;
}

interface Request {
  readonly operation: string;
  readonly method: "GET" | "HEAD" | "PUT";
  readonly bucket: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The requests without their transport. */
export type S3Requests = Pick<S3, keyof S3>;

/** Statuses that may succeed on a retry. 409: another request is writing the same object. */
const isTransient = (status: number) => [0, 409, 429].includes(status) || status >= 500;

export class S3 {
  constructor(private readonly settings: S3Settings) {}

  /** Undefined when there is no such object, or no such version of it. */
  async head({ bucket, key }: ObjectLocation, versionId?: string): Promise<Head | undefined> {
    const headers = { "x-amz-checksum-mode": "ENABLED" };
    const query = { versionId };
    const answer = await this.send({
      ...{ operation: "HeadObject", method: "HEAD", bucket, key, query, headers },
    }).catch(unless(404, undefined));
    if (!answer) return undefined;
    return {
      bytes: Number(answer.headers.get("content-length")),
      etag: (answer.headers.get("etag") ?? "").replaceAll('"', ""),
      checksum: checksumIn(answer.headers),
    };
  }

  /** The contents; undefined when there is no such object, or no such version of it. */
  async read(
    { bucket, key }: ObjectLocation,
    versionId?: string,
  ): Promise<AsyncIterable<Uint8Array> | undefined> {
    const query = { versionId };
    const answer = await this.send({
      ...{ operation: "GetObject", method: "GET", bucket, key, query },
    }).catch(unless(404, undefined));
    return answer && ((answer.body ?? []) as AsyncIterable<Uint8Array>);
  }

  /** The versions of an object and its delete markers, the newest first, as far back as the time and one more page. */
  async versions({ bucket, key }: ObjectLocation, notBefore: Date): Promise<ObjectVersion[]> {
    const found: ObjectVersion[] = [];
    let next: Record<string, string> | undefined = {};
    while (next !== undefined) {
      const query: Record<string, string> = {
        ...{ versions: "", prefix: key, "encoding-type": "url", "max-keys": "100", ...next },
      };
      const answer = await this.send({
        ...{ operation: "ListObjectVersions", method: "GET", bucket, query },
      });
      const page = readVersions(await answer.text());
      // Longer keys that begin with this one follow it.
      const isPast = page.versions.some((item) => item.key !== key || item.modified < notBefore);
      found.push(...page.versions.filter((item) => item.key === key));
      next = isPast ? undefined : page.next;
    }
    return found;
  }

  async put({ bucket, key }: ObjectLocation, body: string): Promise<void> {
    await this.send({ operation: "PutObject", method: "PUT", bucket, key, body });
  }

  /** Writes the object unless it exists; false when it does. */
  async putNew({ bucket, key }: ObjectLocation, body: string): Promise<boolean> {
    const headers = { "if-none-match": "*" };
    const answer = await this.send({
      ...{ operation: "PutObject", method: "PUT", bucket, key, headers, body },
    })
      // Not for 409: the concurrent writer may still fail, and then there is no object.
      .catch(unless(412, undefined));
    return answer !== undefined;
  }

  private async send(request: Request): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(request);
      } catch (error) {
        const failure =
          error instanceof S3Failure ? error : new S3Failure(request.operation, 0, "Unreachable");
        if (attempt >= this.settings.attempts || !isTransient(failure.status)) throw failure;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
      }
    }
  }

  private async once({ operation, method, bucket, key, query, headers, body }: Request) {
    const { region, credentials, timeoutMs } = this.settings;
    const url = this.urlOf(bucket, key);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const hash = createHash("sha256")
      .update(body ?? "")
      .digest("hex");
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { ...headers, "x-amz-content-sha256": hash },
      body,
      ...credentials,
      region,
      service: "s3",
      allHeaders: true,
    }).sign();
    const answer = await fetch(signed.url, {
      method,
      headers: signed.headers,
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.ok) return answer;
    const [, code = `HTTP ${answer.status}`] =
      /<Code>([^<]+)<\/Code>/.exec(await answer.text()) ?? [];
    throw new S3Failure(operation, answer.status, code);
  }

  private urlOf(bucket: string, key = ""): URL {
    const { endpoint, region } = this.settings;
    const path = key.split("/").map(encode).join("/");
    const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return endpoint === undefined
      ? new URL(`https://${bucket}.s3.${region}.${domain}/${path}`)
      : new URL(`${endpoint}/${bucket}/${path}`.replace(/\/$/, ""));
  }
}

/** A part of a path in the only characters that are signed unchanged: letters, digits, `-._~`. */
function encode(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Replaces a failure with this status by a value. */
function unless<T>(status: number, value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof S3Failure && error.status === status) return value;
    throw error;
  };
}
