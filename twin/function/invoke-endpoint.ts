import type * as http from "node:http";

import { LoopbackServer } from "../loopback-server";

export interface InvokeEndpointOptions {
  /** Why the caller may not invoke the function; undefined when it may. */
  readonly refusal: (functionArn: string) => string | undefined;
  /** Runs the function. */
  readonly invoke: (functionArn: string, event: unknown) => Promise<unknown>;
}

/** Lambda's Invoke (API reference) at a loopback address of its own, for one function that invokes others. */
export class InvokeEndpoint {
  private readonly server = new LoopbackServer((request, response) => {
    this.serve(request, response).catch((error: Error) =>
      answer(response, 500, { message: error.message }),
    );
  });

  constructor(private readonly options: InvokeEndpointOptions) {}

  /** Starts the endpoint. Returns the URL for the function. */
  listen(): Promise<string> {
    return this.server.listen();
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, name] =
      /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? "") ?? [];
    if (request.method !== "POST" || name === undefined) {
      return answer(response, 404, { message: "The twin answers Invoke only." });
    }
    const functionArn = decodeURIComponent(name);
    const refusal = this.options.refusal(functionArn);
    if (refusal !== undefined) return answer(response, 403, { Message: refusal });
    try {
      const event: unknown = JSON.parse(Buffer.concat(chunks).toString());
      answer(response, 200, (await this.options.invoke(functionArn, event)) ?? null);
    } catch (error) {
      response.setHeader("X-Amz-Function-Error", "Unhandled");
      answer(response, 200, { errorMessage: (error as Error).message });
    }
  }
}

function answer(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
