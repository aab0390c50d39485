import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { readVersions } from "../../lambdas/upload-events/versions";
import { FileRefusal, type Download, type Upload } from "../ftp/service";
import type { Metadata, ObjectInfo, ObjectStore, ObjectVersion } from "./object-store";
import { S3Client, S3Error, type S3Request } from "./s3-client";
import { listPrefix } from "./s3-listing";
import { partialPrefix, S3Upload } from "./s3-upload";
import { KeyedMutex } from "./keyed-mutex";

/** Bytes that a download collects before it returns them: the service's own blocks can be small. */
const readBlockBytes = 512 * 1024;

/** A bucket of an S3-compatible service, with the semantics of S3. */
export class S3Store implements ObjectStore {
  private readonly renames = new KeyedMutex();

  private constructor(private readonly client: S3Client) {}

  /** Rejects when the bucket cannot be listed. */
  static async open(client: S3Client): Promise<S3Store> {
    await client.send({ method: "GET", query: { "list-type": "2", "max-keys": "1" } });
    return new S3Store(client);
  }

  async head(key: string): Promise<ObjectInfo | undefined> {
    if (key === "" || key.endsWith("/")) {
      return this.headFolder(key);
    }
    const response = await this.ifThere({ method: "HEAD", key });
    return (
      response && {
        key,
        size: Number(response.headers.get("content-length") ?? 0),
        modified: new Date(response.headers.get("last-modified") ?? Date.now()),
        etag: response.headers.get("etag")?.replaceAll('"', ""),
      }
    );
  }

  /**
   * Folders first within each page of a thousand entries: folders of later pages follow files of earlier ones.
   * Otherwise no entry could be returned before the last page is read.
   */
  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    for await (const info of listPrefix(this.client, prefix)) {
      if (info.key !== partialPrefix) yield info;
    }
  }

  async read(key: string, query?: Readonly<Record<string, string>>): Promise<Download> {
    const response = await this.ifThere({ method: "GET", key, query });
    if (response?.body === undefined || response.body === null) {
      throw new FileRefusal("not-found", `There is no "${key}".`);
    }
    const body = response.body as ReadableStream<Uint8Array>;
    const stream = Readable.fromWeb(body, { highWaterMark: readBlockBytes });
    // There is no other listener: a failure before the client connects must not end the process.
    stream.on("error", () => undefined);
    return {
      size: Number(response.headers.get("content-length") ?? 0),
      blocks: stream as AsyncIterable<Buffer>,
      close: async () => void stream.destroy(),
    };
  }

  async versions(prefix: string): Promise<readonly ObjectVersion[]> {
    const found: ObjectVersion[] = [];
    let next: Readonly<Record<string, string>> | undefined = {};
    while (next !== undefined) {
      const query: Record<string, string> = {
        ...{ versions: "", prefix, "encoding-type": "url", ...next },
      };
      const answer = await this.client.send({ method: "GET", query });
      const page = readVersions(await answer.text());
      found.push(...page.versions);
      next = page.next;
    }
    return found;
  }

  readVersion(key: string, id: string): Promise<Download> {
    return this.read(key, { versionId: id });
  }

  async write(key: string, metadata: Metadata = {}): Promise<Upload> {
    if (key.endsWith("/")) {
      throw new FileRefusal("not-a-file", `"${key}" is a folder.`);
    }
    const folder = key.slice(0, key.lastIndexOf("/") + 1);
    const [object, above] = await Promise.all([this.head(key), this.head(folder)]);
    const before = { replaced: object !== undefined, madeFolder: above === undefined };
    return new S3Upload(this.client, key, metadata, before);
  }

  /** S3 reports success for the delete of a key that does not exist; FTP must report an error. */
  async delete(key: string): Promise<void> {
    if ((await this.head(key)) === undefined) {
      const folder = await this.head(`${key}/`);
      throw new FileRefusal(folder ? "not-a-file" : "not-found", `There is no file "${key}".`);
    }
    await this.client.send({ method: "DELETE", key });
  }

  async makeFolder(key: string): Promise<void> {
    await this.client.send({ method: "PUT", key, body: Buffer.alloc(0) });
  }

  async removeFolder(key: string): Promise<void> {
    if ((await this.headFolder(key)) === undefined) {
      throw new FileRefusal("not-a-directory", `"${key}" is not a folder.`);
    }
    for await (const inside of listPrefix(this.client, key)) {
      throw new FileRefusal("not-empty", `"${key}" holds "${inside.key}".`);
    }
    await this.client.send({ method: "DELETE", key });
  }

  /**
   * S3 has no rename: the object is copied, then the old one is deleted. A copy does not check whether the new key
   * exists: that is read before, while no other session of the twin renames from or to either name.
   */
  rename(from: string, to: string): Promise<void> {
    return this.renames.run([from, to], () => this.move(from, to));
  }

  private async move(from: string, to: string): Promise<void> {
    if ((await this.head(from)) === undefined) {
      const folder = await this.head(`${from}/`);
      throw new FileRefusal(folder ? "unsupported" : "not-found", `There is no file "${from}".`);
    }
    if ((await this.head(to)) ?? (await this.head(`${to}/`))) {
      throw new FileRefusal("exists", `"${to}" is already there.`);
    }
    const headers = { "x-amz-copy-source": this.client.sourceOf(from) };
    await this.client.send({ method: "PUT", key: to, headers });
    await this.client.send({ method: "DELETE", key: from });
  }

  /** A folder exists when it has a folder object or any object below it; the bucket always exists. */
  private async headFolder(key: string): Promise<ObjectInfo | undefined> {
    if (key === "") return { key, size: 0, modified: new Date() };
    const query = { "list-type": "2", prefix: key, "max-keys": "1" };
    const text = await (await this.client.send({ method: "GET", query })).text();
    if (!text.includes("<Contents>")) return undefined;
    const modified = /<LastModified>([^<]+)</.exec(text)?.[1];
    return { key, size: 0, modified: modified === undefined ? new Date() : new Date(modified) };
  }

  private async ifThere(request: S3Request): Promise<Response | undefined> {
    try {
      return await this.client.send(request);
    } catch (error) {
      if (error instanceof S3Error && error.status === 404) return undefined;
      throw error;
    }
  }
}
