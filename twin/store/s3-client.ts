import { AwsClient } from "aws4fetch";

import { parseAnswer, textOf } from "./s3-xml";

/** A bucket of an S3-compatible service. */
export interface S3Endpoint {
  readonly bucket: string;
  /** For example http://127.0.0.1:9000; the bucket is a part of the path. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An error response of the service. */
export class S3Error extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "S3Error";
  }
}

export interface S3Request {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/**
 * Signed requests to one bucket. The store makes only a dozen kinds of request; the SDK would add about a hundred
 * packages.
 */
export class S3Client {
  private readonly signer: AwsClient;

  constructor(private readonly options: S3Endpoint) {
    const { accessKeyId, secretAccessKey, sessionToken, region } = options;
    this.signer = new AwsClient({
      accessKeyId,
      secretAccessKey,
      sessionToken,
      region,
      service: "s3",
      retries: 3,
    });
  }

  /** Rejects with S3Error for every status of 300 and above. */
  async send({ method, key = "", query = {}, headers, body }: S3Request): Promise<Response> {
    const { endpoint, bucket } = this.options;
    const path = [bucket, ...key.split("/")].map(encode).join("/");
    const url = new URL(`${endpoint.replace(/\/$/, "")}/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const response = await this.signer.fetch(url.toString(), {
      method,
      headers,
      body: typeof body === "string" ? body : body && new Uint8Array(body),
    });
    if (response.status >= 300) {
      const text = await response.text();
      const code = textOf(parseAnswer(text), "Code");
      const what = `${method} of "${key}" in ${bucket}`;
      throw new S3Error(response.status, `${what}: HTTP ${response.status} ${code}`.trimEnd());
    }
    return response;
  }

  /** The value of x-amz-copy-source for a key. */
  sourceOf(key: string): string {
    return `/${[this.options.bucket, ...key.split("/")].map(encode).join("/")}`;
  }
}

/** As a part of a path, in the characters that are signed unchanged. */
function encode(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
