import type * as http from "node:http";

import { LoopbackServer } from "../loopback-server";
import { authorize, NamedPolicy } from "../../lib/iam";

/** A call of an AWS service with the JSON protocol (X-Amz-Target). */
export interface ServiceCall {
  /** For example `GetItem`. */
  readonly operation: string;
  readonly body: Buffer;
  readonly headers: http.IncomingHttpHeaders;
}

export interface ServiceReply {
  readonly status: number;
  readonly body: string;
}

/** The role that a function calls AWS with. */
export interface Caller {
  readonly roleArn: string;
  readonly policies: readonly NamedPolicy[];
  /** Receives the reason of every denial. */
  readonly onDenial: (reason: string) => void;
}

/** An AWS service at a loopback address of its own, for one function: all its requests are that function's. */
export class ServiceEndpoint {
  private readonly server = new LoopbackServer((request, response) => {
    this.serve(request).then(
      ({ status, body }) => {
        response.writeHead(status, { "Content-Type": "application/x-amz-json-1.0" }).end(body);
      },
      (error: Error) => response.writeHead(500).end(JSON.stringify({ message: error.message })),
    );
  });

  constructor(private readonly handle: (call: ServiceCall) => Promise<ServiceReply>) {}

  /** Starts the endpoint. Returns the URL for the function. */
  listen(): Promise<string> {
    return this.server.listen();
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async serve(request: http.IncomingMessage): Promise<ServiceReply> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers["x-amz-target"]).split(".")[1];
    return this.handle({ operation, body: Buffer.concat(chunks), headers: request.headers });
  }
}

/** An error response in the form of these services. */
export function serviceError(type: string, message: string): ServiceReply {
  return { status: 400, body: JSON.stringify({ __type: type, Message: message }) };
}

/** The response to a call that the caller's policies do not allow; undefined when they do. */
export function accessDenied(
  caller: Caller,
  action: string,
  resource: string,
): ServiceReply | undefined {
  const decision = authorize({
    action,
    resource,
    context: {},
    principal: { type: "role", roleArn: caller.roleArn, sessionName: "function" },
    identityPolicies: caller.policies,
    resourcePolicies: [],
  });
  if (decision.allowed) return undefined;
  caller.onDenial(decision.reason);
  return serviceError(
    "com.amazon.coral.service#AccessDeniedException",
    `User is not authorized to perform: ${action}`,
  );
}
