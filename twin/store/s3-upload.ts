import type { Stored, Upload } from "../ftp/service";
import type { Metadata } from "./object-store";
import type { S3Client } from "./s3-client";
import { parseAnswer, textOf } from "./s3-xml";

/** Bytes of a part. S3 requires at least 5 MiB for every part except the last (S3 user guide, "qfacts"). */
const partBytes = 8 * 1024 * 1024;

/** Parts that are sent concurrently; with the part being filled, this limits the memory of an upload. */
const maxParts = 2;

/** The prefix for interrupted uploads. The real service stores the partial file under the file's own name. */
export const partialPrefix = ".partial/";

/**
 * One upload to S3: in one request when it fits into a part, else in parts. The upload is committed only when S3 has
 * confirmed the complete object.
 */
export class S3Upload implements Upload {
  private filling: Buffer[] = [];
  private filled = 0;
  private id: string | undefined;
  private readonly sent: Promise<string>[] = [];

  constructor(
    private readonly client: S3Client,
    private readonly key: string,
    private readonly metadata: Metadata,
    /** The object before this upload, as far as known. */
    private readonly before: Omit<Stored, "etag">,
  ) {}

  write(chunk: Buffer): Promise<void> | undefined {
    // A part is sent later, when the chunk's memory may already be reused.
    this.filling.push(Buffer.from(chunk));
    this.filled += chunk.length;
    return this.filled >= partBytes ? this.sendPart() : undefined;
  }

  async commit(): Promise<Stored> {
    if (this.id === undefined) {
      const etag = await this.put(this.key, Buffer.concat(this.filling));
      return { etag, ...this.before };
    }
    try {
      if (this.filled > 0) {
        await this.sendPart();
      }
      return { etag: await this.complete(this.id), ...this.before };
    } catch (error) {
      await this.abort(this.id);
      throw error;
    }
  }

  /** Stores the received bytes as a separate object, unless parts are already sent: those cannot be read back. */
  async keepPartial(): Promise<void> {
    if (this.id !== undefined) {
      await this.abort(this.id);
    } else if (this.filled > 0) {
      const time = new Date().toISOString().replace(/[-:]/g, "");
      await this.put(`${partialPrefix}${this.key}.${time}`, Buffer.concat(this.filling));
    }
  }

  private async put(key: string, body: Buffer): Promise<string> {
    const response = await this.client.send({ method: "PUT", key, body, headers: this.headers() });
    return etagOf(response);
  }

  private async sendPart(): Promise<void> {
    const body = Buffer.concat(this.filling);
    this.filling = [];
    this.filled = 0;
    this.id ??= await this.create();
    const query = { partNumber: String(this.sent.length + 1), uploadId: this.id };
    const part = this.client.send({ method: "PUT", key: this.key, query, body }).then(etagOf);
    // A part that fails is reported where it is awaited; until then it must not end the process.
    part.catch(() => undefined);
    this.sent.push(part);
    await this.sent.at(-maxParts);
  }

  private async create(): Promise<string> {
    const { key } = this;
    const request = {
      method: "POST",
      key,
      query: { uploads: "" },
      headers: this.headers(),
    } as const;
    const text = await (await this.client.send(request)).text();
    const id = textOf(parseAnswer(text), "UploadId");
    if (id === "") {
      throw new Error(`The S3 endpoint began no multipart upload of "${key}".`);
    }
    return id;
  }

  private async complete(uploadId: string): Promise<string> {
    const etags = await Promise.all(this.sent);
    const parts = etags.map(
      (etag, index) =>
        `<Part><PartNumber>${index + 1}</PartNumber><ETag>&quot;${etag}&quot;</ETag></Part>`,
    );
    const body = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
    const query = { uploadId };
    const response = await this.client.send({ method: "POST", key: this.key, query, body });
    // This request can fail after its status 200 is sent (API reference, CompleteMultipartUpload).
    const etag = textOf(parseAnswer(await response.text()), "ETag").replaceAll('"', "");
    if (etag === "") {
      throw new Error(`The S3 endpoint did not complete "${this.key}".`);
    }
    return etag;
  }

  private async abort(uploadId: string): Promise<void> {
    await Promise.allSettled(this.sent);
    await this.client.send({ method: "DELETE", key: this.key, query: { uploadId } });
  }

  private headers(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    );
  }
}

function etagOf(response: Response): string {
  return (response.headers.get("etag") ?? "").replaceAll('"', "");
}
