/**
 * Answers in the shape of the call. Refused is an answer too, HTTP 200 and `{}`: a document without a Role.
 * With any status but 200, Transfer Family takes the identity provider as broken
 * (https://docs.aws.amazon.com/transfer/latest/userguide/authentication-api-gateway.html).
 */
import type { Grant } from "./grant";
import type { EventShape } from "./requests";

/** What API Gateway takes from a Lambda proxy. */
export interface ProxyReply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The response document; empty when the login is refused. */
export type Document = Grant | Record<string, never>;

/** What the function returns. */
export type Reply = Document | ProxyReply;

/** The answer of a decision. */
export function replyWith(shape: EventShape, document: Document): Reply {
  return shape === "direct" ? document : proxyReply(200, document);
}

/**
 * The answer when there could be no decision.
 *
 * @throws Error for a direct call, where throwing is the only way to say so. The Lambda runtime logs what is
 *   thrown, so it is a new error without anything of the request or the cause in it.
 */
export function replyBroken(shape: EventShape): Reply {
  const message = "The identity provider could not decide.";
  if (shape === "direct") throw new Error(message);
  return proxyReply(500, { message });
}

function proxyReply(statusCode: number, document: object): ProxyReply {
  const headers = { "Content-Type": "application/json" };
  return { statusCode, headers, body: JSON.stringify(document) };
}
