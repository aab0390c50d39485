import type { IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";

import { LoopbackServer } from "../loopback-server";
import { type RoleResource, roleRefusal } from "../wiring/roles";

/** A call of an AWS service with the JSON protocol (X-Amz-Target). */
export interface ServiceCall {
  /** For example `GetItem`. */
  readonly operation: string;
  readonly body: Buffer;
  readonly headers: IncomingHttpHeaders;
}

export interface ServiceReply {
  readonly status: number;
  readonly body: string;
}

/** The role that a function calls AWS with. */
export interface Caller {
  readonly role: Pick<RoleResource, "arn" | "policies">;
  /** Receives the reason of every denial. */
  readonly onDenial: (reason: string) => void;
}

/** An AWS service at a loopback address of its own, for one function: all its requests are that function's. */
export function serviceEndpoint(
  handle: (call: ServiceCall) => Promise<ServiceReply>,
): LoopbackServer {
  return new LoopbackServer(async (request, response) => {
    const { headers } = request;
    const operation = String(headers["x-amz-target"]).split(".")[1];
    const reply = await handle({ operation, body: await buffer(request), headers });
    response.writeHead(reply.status, { "Content-Type": "application/x-amz-json-1.0" });
    response.end(reply.body);
  });
}

/** An error response in the form of these services. */
export function serviceError(type: string, message: string): ServiceReply {
  return { status: 400, body: JSON.stringify({ __type: type, Message: message }) };
}

/** The response to a call that the caller's policies do not allow; undefined when they do. */
export function accessDenied(
  { role, onDenial }: Caller,
  action: string,
  resource: string,
): ServiceReply | undefined {
  const refusal = roleRefusal(role, action, resource);
  if (refusal === undefined) return undefined;
  onDenial(refusal);
  return serviceError(
    "com.amazon.coral.service#AccessDeniedException",
    `User is not authorized to perform: ${action}`,
  );
}
