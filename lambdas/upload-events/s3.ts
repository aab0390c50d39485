/** The six requests to S3 that the function makes; an SDK would be a hundred times its size. */
import { createHash } from "node:crypto";

import { AwsV4Signer } from "aws4fetch";

import type { Credentials } from "../shared/credentials";
import { Checksum, checksumIn } from "./checksum";

/** S3 did not do what it was asked. The message holds no contents and no keys of an account. */
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

/** How S3 is reached. */
export interface S3Settings {
  readonly region: string;
  readonly credentials: Credentials;
  /** Instead of the region's own; the bucket is then a part of the path. */
  readonly endpoint?: string;
  /** Milliseconds a request may take, the reading of its answer included. */
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** An object. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
}

/** What S3 says of an object without its contents. */
export interface Head {
  readonly bytes: number;
  /** Without its quotation marks. */
  readonly etag: string;
  readonly version?: string;
  readonly checksum?: Checksum;
}

export type Tags = Record<string, string>;

interface Request {
  readonly operation: string;
  readonly method: "GET" | "HEAD" | "PUT";
  readonly place: ObjectLocation;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What may pass when asked again. 409: another request is writing the same object at this moment. */
const passing = (status: number) => [0, 409, 429].includes(status) || status >= 500;

export class S3 {
  constructor(private readonly settings: S3Settings) {}

  /** Undefined when there is no such object. */
  async head(place: ObjectLocation): Promise<Head | undefined> {
    const headers = { "x-amz-checksum-mode": "ENABLED" };
    const request: Request = { operation: "HeadObject", method: "HEAD", place, headers };
    const answer = await this.send(request).catch(unless(404, undefined));
    if (!answer) return undefined;
    return {
      bytes: Number(answer.headers.get("content-length")),
      etag: (answer.headers.get("etag") ?? "").replaceAll('"', ""),
      version: answer.headers.get("x-amz-version-id") ?? undefined,
      checksum: checksumIn(answer.headers),
    };
  }

  /** The contents as long as the object has this ETag; undefined when it has another, or is gone. */
  async read(place: ObjectLocation, etag: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const headers = { "if-match": `"${etag}"` };
    const answer = await this.send({ operation: "GetObject", method: "GET", place, headers })
      .catch(unless(404, undefined))
      .catch(unless(412, undefined));
    return answer && ((answer.body ?? []) as AsyncIterable<Uint8Array>);
  }

  async put(place: ObjectLocation, body: string): Promise<void> {
    await this.send({ operation: "PutObject", method: "PUT", place, body });
  }

  /** Writes the object unless it is there; false when it was. */
  async putNew(place: ObjectLocation, body: string): Promise<boolean> {
    const headers = { "if-none-match": "*" };
    const answer = await this.send({ operation: "PutObject", method: "PUT", place, headers, body })
      // Not of 409 as well: another writer of this moment may still fail, and then there is no object.
      .catch(unless(412, undefined));
    return answer !== undefined;
  }

  async tags(place: ObjectLocation, versionId: string | undefined): Promise<Tags> {
    const query = { tagging: "", versionId };
    const operation = "GetObjectTagging";
    const text = await (await this.send({ operation, method: "GET", place, query })).text();
    const pairs = text.matchAll(/<Key>([^<]*)<\/Key>\s*<Value>([^<]*)<\/Value>/g);
    return Object.fromEntries([...pairs].map(([, key, value]) => [plain(key), plain(value)]));
  }

  /** Replaces all tags of the object. */
  async putTags(place: ObjectLocation, versionId: string | undefined, tags: Tags): Promise<void> {
    const set = Object.entries(tags).map(
      ([key, value]) => `<Tag><Key>${xml(key)}</Key><Value>${xml(value)}</Value></Tag>`,
    );
    const body = `<Tagging><TagSet>${set.join("")}</TagSet></Tagging>`;
    // S3 asks for it with this operation.
    const headers = { "content-md5": createHash("md5").update(body).digest("base64") };
    const query = { tagging: "", versionId };
    await this.send({ operation: "PutObjectTagging", method: "PUT", place, query, headers, body });
  }

  private async send(request: Request): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(request);
      } catch (error) {
        const failure =
          error instanceof S3Failure ? error : new S3Failure(request.operation, 0, "Unreachable");
        if (attempt >= this.settings.attempts || !passing(failure.status)) throw failure;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
      }
    }
  }

  private async once({ operation, method, place, query, headers = {}, body }: Request) {
    const { region, credentials, timeoutMs } = this.settings;
    const url = this.urlOf(place);
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

  private urlOf({ bucket, key }: ObjectLocation): URL {
    const { endpoint, region } = this.settings;
    const path = key.split("/").map(encode).join("/");
    const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return endpoint === undefined
      ? new URL(`https://${bucket}.s3.${region}.${domain}/${path}`)
      : new URL(`${endpoint}/${bucket}/${path}`);
  }
}

/** A part of a path in the only characters that are signed unchanged: letters, digits, `-._~`. */
function encode(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A handler of rejections that makes a value of a failure with this status. */
function unless<T>(status: number, value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof S3Failure && error.status === status) return value;
    throw error;
  };
}

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

const xml = (text: string) => text.replace(/[&<>"']/g, (found) => escapes[found]);

const plain = (text: string) =>
  Object.entries(escapes).reduceRight(
    (result, [character, escape]) => result.replaceAll(escape, character),
    text,
  );
