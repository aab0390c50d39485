/**
 * Responses in the form of the call. A refusal is also HTTP 200, with `{}`: a document without a Role. Transfer
 * Family treats any other status as a failure of the identity provider
 * (https://docs.aws.amazon.com/transfer/latest/userguide/authentication-api-gateway.html).
 */
import type { Grant } from "./grant";
import type { EventShape } from "./requests";

/** The response of a Lambda proxy integration to API Gateway. */
export interface ProxyReply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The response document; empty when the login is refused. */
export type Document = Grant | Record<string, never>;

/** What the function returns. */
export type Reply = Document | ProxyReply;

/** The response to a decision. */
export function decisionReply(shape: EventShape, document: Document): Reply {
  return shape === "direct" ? document : proxyReply(200, document);
}

/**
 * The response when no decision was possible.
 *
 * @throws Error for a direct call, which has no other form of error response. The Lambda runtime logs the error, so
 *   it is a new one that contains nothing of the request or the cause.
 */
export function errorReply(shape: EventShape): Reply {
  const message = "The identity provider could not decide.";
  if (shape === "direct") throw new Error(message);
  return proxyReply(500, { message });
}

function proxyReply(statusCode: number, document: object): ProxyReply {
  const headers = { "Content-Type": "application/json" };
  return { statusCode, headers, body: JSON.stringify(document) };
}
