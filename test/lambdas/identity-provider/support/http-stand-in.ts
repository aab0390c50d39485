import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A call that arrived. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly socket: Socket;
}

/** What is sent back; undefined: nothing, ever. */
export type Answer = { readonly status: number; readonly body: string } | undefined;

/** An HTTP server in this process with the replies of the test. */
export async function standIn(answer: (received: Received) => Answer) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const call = {
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        socket: request.socket,
      };
      received.push(call);
      const reply = answer(call);
      if (reply) response.writeHead(reply.status).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Secrets by name, answered as Secrets Manager's GetSecretValue does. */
export function secretsManager(secrets: Map<string, string>) {
  return standIn(({ headers, body }) => {
    const fault = (type: string, message: string) => ({
      status: 400,
      body: JSON.stringify({ __type: type, Message: message }),
    });
    const { "x-amz-target": target, authorization = "" } = headers;
    if (target !== "secretsmanager.GetSecretValue") return fault("InvalidAction", `${target}`);
    if (!authorization.includes("/eu-west-1/secretsmanager/aws4_request")) {
      return fault("IncompleteSignature", authorization);
    }
    const { SecretId } = JSON.parse(body) as { SecretId: string };
    const SecretString = secrets.get(SecretId);
    if (SecretString === undefined) {
      return fault("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return { status: 200, body: JSON.stringify({ Name: SecretId, SecretString }) };
  });
}
