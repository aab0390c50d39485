import { AwsV4Signer } from "aws4fetch";

import type { Credentials } from "../shared/credentials";
import type { OnUpload } from "./uploaded-file";

/** The user's function as a separate Lambda function, and the connection to Lambda. */
export interface InvokeSettings {
  readonly functionArn: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** Replaces the region's endpoint. */
  readonly endpoint?: string;
  /** Timeout of an invocation in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * The user's function as an invocation of a Lambda function (API reference, Invoke): it receives the file as JSON,
 * without its contents, and reads them itself. An error that it throws fails the upload, which is then retried.
 */
export function invokeFunction(settings: InvokeSettings): OnUpload {
  const { functionArn, region, credentials, timeoutMs } = settings;
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const endpoint = settings.endpoint ?? `https://lambda.${region}.${domain}`;
  const url = `${endpoint}/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`;
  return async (file) => {
    const body = JSON.stringify({ ...file, read: undefined });
    const signed = await new AwsV4Signer({
      ...{ method: "POST", url, body, ...credentials, region, service: "lambda" },
    }).sign();
    const answer = await fetch(signed.url, {
      ...{ method: "POST", headers: signed.headers, body },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    const error = answer.headers.get("x-amz-function-error");
    if (answer.ok && error === null) return;
    const { errorMessage, message, Message } = parsed(text);
    const why = errorMessage ?? message ?? Message ?? error ?? `HTTP ${answer.status}`;
    throw new Error(`${functionArn}: ${why}`);
  };
}

function parsed(text: string): Record<string, string | undefined> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, string | undefined>;
  } catch {
    return {};
  }
}
