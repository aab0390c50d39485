import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP server at a loopback address of its own. It stands for an AWS service, for one function. */
export class LoopbackServer {
  private readonly server: http.Server;

  /** @param answer - Answers a request; where it rejects, the answer is 500 with the message. */
  constructor(
    answer: (request: http.IncomingMessage, response: http.ServerResponse) => Promise<unknown>,
  ) {
    this.server = http.createServer((request, response) => {
      answer(request, response).catch(({ message }: Error) =>
        response.writeHead(500).end(JSON.stringify({ message })),
      );
    });
  }

  /** Starts the server. Returns the URL for the function. */
  async listen(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    // Without descriptors a connection is refused, and the function's request fails.
    this.server.on("error", () => undefined);
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
