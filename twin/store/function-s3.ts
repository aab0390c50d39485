import { createHash } from "node:crypto";
import type * as http from "node:http";
import { crc32 } from "node:zlib";

import { LoopbackServer } from "../loopback-server";
import type { Download } from "../ftp/service";
import type { ObjectStore, ObjectVersion } from "./object-store";
import type { ObjectTags, Tags } from "./object-tags";
import { versionPage } from "./version-page";

/** The served parts of a bucket. */
export interface FunctionBucket {
  readonly store: ObjectStore;
  readonly tags: ObjectTags;
  /** Whether objects have version ids. */
  readonly versioned: boolean;
}

/** A request, in the terms of IAM. */
export interface ObjectRequest {
  readonly action:
    | `s3:GetObject${"" | "Version"}`
    | "s3:PutObject"
    | `s3:ListBucket${"" | "Versions"}`
    | `s3:${"Get" | "Put"}Object${"" | "Version"}Tagging`;
  readonly bucket: string;
  readonly key: string;
}

export interface FunctionS3Options {
  readonly bucketNamed: (name: string) => FunctionBucket | undefined;
  /** Whether the function's role allows the request; also receives every refusal. */
  readonly allows: (request: ObjectRequest) => boolean;
}

/** An error response of S3. */
class S3Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

/** Maximum size of a body: a function only writes rows here. */
const longestBody = 16 * 1024 * 1024;

/**
 * S3 for a function, path-style, at its own address on loopback: HEAD and GET of objects and their versions, PUT of
 * objects, their tags, and lists of versions, over the twin's stores. Every request is first evaluated against the
 * role's policies. Its only caller is that function, so signatures are not checked.
 */
export function functionS3(options: FunctionS3Options): LoopbackServer {
  const requests = new Requests(options);
  return new LoopbackServer((request, response) =>
    requests.serve(request, response).catch((error: Error) => answerError(response, error)),
  );
}

class Requests {
  /** Sequential, so that the second of two conditional writes finds the object of the first. */
  private writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: FunctionS3Options) {}

  async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://s3");
    const [bucket, ...parts] = pathname.slice(1).split("/").map(decodeURIComponent);
    const place = { bucket, key: parts.join("/") };
    const tagging = searchParams.has("tagging");
    if (searchParams.has("versions") && place.key === "" && request.method === "GET") {
      return this.listVersions(bucket, searchParams, response);
    }
    // `x-id` names the operation, for a caller that is the AWS SDK.
    const known = ["tagging", "versionId", "x-id"];
    const strange = [...searchParams.keys()].find((name) => !known.includes(name));
    if (place.key === "" || strange !== undefined) throw new S3Refusal(501, "NotImplemented");

    const version = searchParams.get("versionId") ?? undefined;
    switch (`${request.method}${tagging ? " tags" : ""}`) {
      case "HEAD":
      case "GET":
        return this.read(place, version, request, response);
      case "PUT":
        return request.headers["x-amz-copy-source"] === undefined
          ? this.write(place, request, response)
          : this.copy(place, String(request.headers["x-amz-copy-source"]), response);
      case "GET tags":
        return this.readTags(place, version, response);
      case "PUT tags":
        return this.writeTags(place, version, request, response);
      default:
        throw new S3Refusal(501, "NotImplemented");
    }
  }

  private async read(
    place: { bucket: string; key: string },
    versionId: string | undefined,
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    this.require({ action: `s3:GetObject${versionId === undefined ? "" : "Version"}`, ...place });
    const { store, versioned } = this.bucket(place.bucket);
    const { id, size, etag } = await this.version(place, versionId);
    const open = () => store.readVersion(place.key, id);
    const wanted = request.headers["if-match"];
    if (wanted !== undefined && wanted !== `"${etag}"`) {
      throw new S3Refusal(412, "PreconditionFailed");
    }
    const asked = request.headers["x-amz-checksum-mode"] === "ENABLED" && size <= maxSummed;
    const headers = {
      "Content-Length": String(size),
      ETag: `"${etag}"`,
      ...(versioned ? { "x-amz-version-id": id } : {}),
      // S3 has CRC-64/NVME for a file uploaded without a checksum; Node computes this one faster.
      ...(asked
        ? { "x-amz-checksum-crc32": await checksum(open), "x-amz-checksum-type": full }
        : {}),
    };
    response.writeHead(200, headers);
    if (request.method === "HEAD") return void response.end();
    await eachBlock(open, (block) => written(response, block));
    response.end();
  }

  private async listVersions(
    bucket: string,
    parameters: URLSearchParams,
    response: http.ServerResponse,
  ): Promise<void> {
    const prefix = parameters.get("prefix") ?? "";
    this.require({ action: "s3:ListBucketVersions", bucket, key: prefix });
    const all = await this.bucket(bucket).store.versions(prefix);
    response.writeHead(200, { "Content-Type": "application/xml" });
    response.end(versionPage(all, parameters));
  }

  private async write(
    place: { bucket: string; key: string },
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    this.require({ action: "s3:PutObject", ...place });
    const { store, versioned } = this.bucket(place.bucket);
    const body = await bodyOf(request);
    const onlyNew = request.headers["if-none-match"] === "*";
    const stored = this.writing.then(async () => {
      if (onlyNew && (await store.head(place.key))) throw new S3Refusal(412, "PreconditionFailed");
      const upload = await store.write(place.key);
      if (body.length > 0) await upload.write(body);
      return upload.commit();
    });
    this.writing = stored.catch(() => undefined);
    const { etag } = await stored;
    const version = versioned ? await this.version(place, undefined) : undefined;
    const headers = version && { "x-amz-version-id": version.id };
    response.writeHead(200, { ETag: `"${etag}"`, ...headers }).end();
  }

  /** A copy of a version within the bucket. */
  private async copy(
    place: { bucket: string; key: string },
    source: string,
    response: http.ServerResponse,
  ): Promise<void> {
    const { pathname, searchParams } = new URL(`http://s3/${source.replace(/^\//, "")}`);
    const [bucket, ...parts] = pathname.slice(1).split("/").map(decodeURIComponent);
    const from = { bucket, key: parts.join("/") };
    this.require({ action: "s3:GetObjectVersion", ...from });
    this.require({ action: "s3:PutObject", ...place });
    const { id } = await this.version(from, searchParams.get("versionId") ?? undefined);
    const upload = await this.bucket(place.bucket).store.write(place.key);
    const open = () => this.bucket(bucket).store.readVersion(from.key, id);
    await eachBlock(open, (block) => upload.write(Buffer.from(block)));
    const { etag } = await upload.commit();
    const time = new Date().toISOString();
    response.writeHead(200, { "Content-Type": "application/xml" });
    response.end(
      `<CopyObjectResult><LastModified>${time}</LastModified><ETag>&quot;${etag}&quot;</ETag></CopyObjectResult>`,
    );
  }

  private async readTags(
    place: { bucket: string; key: string },
    version: string | undefined,
    response: http.ServerResponse,
  ): Promise<void> {
    this.require({ action: `s3:GetObject${version ? "Version" : ""}Tagging`, ...place });
    const { etag } = await this.newest(place, version);
    const tags = Object.entries(await this.bucket(place.bucket).tags.get(place.key, etag));
    const set = tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`);
    response.writeHead(200, { "Content-Type": "application/xml" });
    response.end(`<Tagging><TagSet>${set.join("")}</TagSet></Tagging>`);
  }

  private async writeTags(
    place: { bucket: string; key: string },
    version: string | undefined,
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    this.require({ action: `s3:PutObject${version ? "Version" : ""}Tagging`, ...place });
    const body = await bodyOf(request);
    const md5 = createHash("md5").update(body).digest("base64");
    if (request.headers["content-md5"] === undefined) throw new S3Refusal(400, "InvalidRequest");
    if (request.headers["content-md5"] !== md5) throw new S3Refusal(400, "BadDigest");
    const pairs = body.toString().matchAll(/<Key>([^<]*)<\/Key>\s*<Value>([^<]*)<\/Value>/g);
    // Kept with XML escapes: only the function reads them.
    const tags: Tags = Object.fromEntries([...pairs].map(([, key, value]) => [key, value]));
    if (Object.keys(tags).length > 10) throw new S3Refusal(400, "BadRequest");
    const { etag } = await this.newest(place, version);
    await this.bucket(place.bucket).tags.put(place.key, etag, tags);
    response.writeHead(200).end();
  }

  private require(request: ObjectRequest): void {
    if (!this.options.allows(request)) throw new S3Refusal(403, "AccessDenied");
  }

  private bucket(name: string): FunctionBucket {
    const bucket = this.options.bucketNamed(name);
    if (!bucket) throw new S3Refusal(404, "NoSuchBucket");
    return bucket;
  }

  /** S3 answers 404 only to callers who may list, and 403 to others. */
  private async version(
    place: { bucket: string; key: string },
    id: string | undefined,
  ): Promise<ObjectVersion> {
    const all = await this.bucket(place.bucket).store.versions(place.key);
    const own = all.filter(({ key }) => key === place.key);
    const found = id === undefined ? own[0] : own.find((version) => version.id === id);
    if (found && !found.isMarker) return found;
    this.require({ action: "s3:ListBucket", ...place });
    throw new S3Refusal(404, id === undefined ? "NoSuchKey" : "NoSuchVersion");
  }

  /** Tags are kept of the newest version only. */
  private async newest(
    place: { bucket: string; key: string },
    id: string | undefined,
  ): Promise<ObjectVersion> {
    const newest = await this.version(place, undefined);
    if (id !== undefined && id !== newest.id) throw new S3Refusal(404, "NoSuchVersion");
    return newest;
  }
}

const full = "FULL_OBJECT";

/**
 * Largest object for which the twin returns a checksum. The twin reads the whole object to compute it, which delays
 * other transfers; the function that checks uploads compares no larger ones (CHECKSUM_MIB).
 */
const maxSummed = 64 * 1024 * 1024;

async function checksum(open: () => Promise<Download>): Promise<string> {
  let value = 0;
  await eachBlock(open, (block) => void (value = crc32(block, value)));
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString("base64");
}

async function eachBlock(
  open: () => Promise<Download>,
  take: (block: Buffer) => void | Promise<void>,
): Promise<void> {
  const download = await open();
  try {
    for await (const block of download.blocks) await take(block);
  } finally {
    await download.close();
  }
}

/** Resolves when the block may be overwritten. Rejects when the other side has disconnected. */
function written(response: http.ServerResponse, block: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(block, (error) => (error ? reject(error) : resolve()));
  });
}

async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > longestBody) throw new S3Refusal(400, "EntityTooLarge");
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function answerError(response: http.ServerResponse, error: Error): void {
  if (response.headersSent) return void response.destroy();
  const [status, code] =
    error instanceof S3Refusal ? [error.status, error.code] : [500, "InternalError"];
  response.writeHead(status, { "Content-Type": "application/xml" });
  response.end(`<Error><Code>${code}</Code></Error>`);
}
