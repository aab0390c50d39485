import { createHash, createHmac } from "node:crypto";
import type { Credentials } from "../../shared/credentials";

/** A POST request to sign. */
export interface Unsigned {
  readonly host: string;
  /** Signing name of the service, for example `dynamodb`. */
  readonly service: string;
  readonly region: string;
  /** Value of the X-Amz-Target header. */
  readonly target: string;
  readonly body: string;
  readonly at: Date;
}

/**
 * The headers that sign a POST to `/` with AWS Signature Version 4
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html), for services with the
 * JSON protocol (X-Amz-Target). Only this case is implemented, so that no signing library has to be loaded.
 */
export function signedHeaders(
  { host, service, region, target, body, at }: Unsigned,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
): Record<string, string> {
  const time = at.toISOString().replace(/[:-]|\.\d{3}/g, "");
  const date = time.slice(0, 8);
  // In the order of their names, as the canonical request requires.
  const headers: Record<string, string> = {
    host,
    "x-amz-date": time,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
    "x-amz-target": target,
  };
  const names = Object.keys(headers).join(";");
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ["POST", "/", "", lines.join(""), names, sha256(body)].join("\n");

  const scope = `${date}/${region}/${service}/aws4_request`;
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  const toSign = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const signature = createHmac("sha256", key).update(toSign).digest("hex");
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
