import { createHash } from "node:crypto";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** One object of the stand-in. */
export interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
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

/** An S3 that keeps objects and tags in memory, answers as configured, and remembers its requests. */
export class S3Server {
  readonly objects = new Map<string, StoredObject>();
  readonly tags = new Map<string, string>();
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

  put(name: string, text: string, headers: Record<string, string> = {}): string {
    const body = Buffer.from(text);
    const etag = createHash("md5").update(body).digest("hex");
    this.objects.set(name, { body, etag, headers });
    return etag;
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
    const name = decodeURIComponent(pathname.slice(1));
    const object = this.objects.get(name);
    if (searchParams.has("tagging")) {
      if (method === "PUT") this.tags.set(name, body.toString());
      return response.end(this.tags.get(name) ?? "<Tagging><TagSet/></Tagging>");
    }
    if (method === "PUT") {
      if (object && headers["if-none-match"]) return fail(412, "PreconditionFailed");
      this.put(name, body.toString());
      return response.end();
    }
    if (!object) return fail(404, "NoSuchKey");
    const wanted = headers["if-match"];
    if (wanted !== undefined && wanted !== `"${object.etag}"`) return fail(412, "Precondition");
    response.writeHead(200, {
      "content-length": String(object.body.length),
      etag: `"${object.etag}"`,
      ...object.headers,
    });
    return response.end(method === "HEAD" ? undefined : object.body);
  }
}
