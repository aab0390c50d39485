import { createHash } from "node:crypto";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

import type { ObjectVersion } from "../../../../twin/store/object-store";
import { versionPage } from "../../../../twin/store/version-page";

/** One version of an object of the stand-in. */
export interface StoredObject {
  readonly id: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly isMarker: boolean;
  readonly modified: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as it came. */
export interface Seen {
  readonly method: string;
  /** Path with its query, as it was on the wire. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** An S3 that keeps versions of objects in memory, answers as configured, and remembers its requests. */
export class S3Server {
  /** By `bucket/key`, the newest version first. */
  readonly versions = new Map<string, StoredObject[]>();
  /** Time of the versions that are put. */
  modified = "2026-11-24T03:00:01.000Z";
  /** Versions in a page of a list. */
  pageSize = 1000;
  readonly seen: Seen[] = [];
  /** Answers for the next requests, in place of S3's own: a status each. */
  readonly failures: number[] = [];
  endpoint = "";
  private readonly server = http.createServer((request, response) => {
    void this.serve(request, response);
  });

  async open(): Promise<this> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Returns the ETag. */
  put(name: string, text: string, headers: Record<string, string> = {}): string {
    const body = Buffer.from(text);
    const etag = createHash("md5").update(body).digest("hex");
    this.add(name, { body, etag, headers, isMarker: false });
    return etag;
  }

  /** A delete without a version. */
  remove(name: string): void {
    this.add(name, { body: Buffer.alloc(0), etag: "", isMarker: true });
  }

  object(name: string): StoredObject | undefined {
    const newest = this.versions.get(name)?.[0];
    return newest?.isMarker ? undefined : newest;
  }

  private add(name: string, stored: Omit<StoredObject, "id" | "modified">): void {
    const before = this.versions.get(name) ?? [];
    const version = { ...stored, id: `v${before.length + 1}`, modified: this.modified };
    this.versions.set(name, [version, ...before]);
  }

  /** Requests of a kind, for example `PUT /log/`. */
  asked(beginning: string): Seen[] {
    return this.seen.filter(({ method, url }) => `${method} ${url}`.startsWith(beginning));
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = "", url = "", headers } = request;
    this.seen.push({ method, url, headers, body: body.toString() });
    const fail = (status: number, code: string) =>
      response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    const failure = this.failures.shift();
    if (failure !== undefined) return fail(failure, "Configured");

    const { pathname, searchParams } = new URL(url, "http://s3");
    const name = decodeURIComponent(pathname.slice(1)).replace(/\/$/, "");
    if (searchParams.has("versions")) return response.end(this.list(name, searchParams));
    const id = searchParams.get("versionId");
    const object = id
      ? this.versions.get(name)?.find((version) => version.id === id && !version.isMarker)
      : this.object(name);
    if (method === "PUT") {
      if (object && headers["if-none-match"]) return fail(412, "PreconditionFailed");
      this.put(name, body.toString());
      return response.end();
    }
    if (!object) return fail(404, "NoSuchKey");
    response.writeHead(200, {
      "content-length": String(object.body.length),
      etag: `"${object.etag}"`,
      ...object.headers,
    });
    return response.end(method === "HEAD" ? undefined : object.body);
  }

  private list(bucket: string, parameters: URLSearchParams): string {
    const prefix = `${bucket}/${parameters.get("prefix") ?? ""}`;
    const all: ObjectVersion[] = [...this.versions]
      .filter(([name]) => name.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, versions]) =>
        versions.map(({ id, modified, isMarker, etag, body }) => ({
          ...{ key: name.slice(bucket.length + 1), id, modified: new Date(modified) },
          ...{ isMarker, etag, size: body.length },
        })),
      );
    parameters.set("max-keys", String(this.pageSize));
    return versionPage(all, parameters);
  }
}
