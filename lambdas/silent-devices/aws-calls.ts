/** The requests of the report: Athena has JSON (protocol AWS JSON 1.1), SNS has forms (AWS Query). */
import { AwsV4Signer } from "aws4fetch";

import type { CallAthena } from "./athena-log";
import type { Settings } from "./settings";

type Connection = Pick<Settings, "region" | "credentials" | "endpoints">;

/** Milliseconds that a request may take. */
const timeoutMs = 20_000;

/** Calls operations of Athena. */
export function athenaCalls(connection: Connection): CallAthena {
  return async <T>(operation: string, input: object) => {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AmazonAthena.${operation}`,
    };
    const answer = await post(connection, "athena", headers, JSON.stringify(input));
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text) as T;
    throw new Error(`Athena ${operation}: HTTP ${answer.status} ${text.slice(0, 500)}`);
  };
}

/** Publishes a message to a topic (SNS API reference, Publish). */
export async function publish(
  connection: Connection,
  message: { readonly topicArn: string; readonly subject: string; readonly text: string },
): Promise<void> {
  const body = new URLSearchParams({
    ...{ Action: "Publish", Version: "2010-03-31" },
    ...{ TopicArn: message.topicArn, Subject: message.subject, Message: message.text },
  }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  const answer = await post(connection, "sns", headers, body);
  if (answer.ok) return;
  throw new Error(`SNS Publish: HTTP ${answer.status} ${(await answer.text()).slice(0, 500)}`);
}

async function post(
  { region, credentials, endpoints }: Connection,
  service: "athena" | "sns",
  headers: Record<string, string>,
  body: string,
): Promise<Response> {
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const url = endpoints[service] ?? `https://${service}.${region}.${domain}/`;
  const signed = await new AwsV4Signer({
    ...{ method: "POST", url, headers, body, ...credentials, region, service },
  }).sign();
  return fetch(signed.url, {
    ...{ method: "POST", headers: signed.headers, body },
    signal: AbortSignal.timeout(timeoutMs),
  });
}
