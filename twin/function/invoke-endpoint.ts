import type { ServerResponse } from "node:http";
import { json } from "node:stream/consumers";

import { LoopbackServer } from "../loopback-server";

export interface InvokeEndpointOptions {
  /** Why the caller may not invoke the function; undefined when it may. */
  readonly refusal: (functionArn: string) => string | undefined;
  /** Runs the function. */
  readonly invoke: (functionArn: string, event: unknown) => Promise<unknown>;
}

/** Lambda's Invoke (API reference) at a loopback address of its own, for one function that invokes others. */
export function invokeEndpoint({ refusal, invoke }: InvokeEndpointOptions): LoopbackServer {
  return new LoopbackServer(async (request, response) => {
    const [, name] =
      /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? "") ?? [];
    if (request.method !== "POST" || name === undefined) {
      return answer(response, 404, { message: "The twin answers Invoke only." });
    }
    const functionArn = decodeURIComponent(name);
    const refused = refusal(functionArn);
    if (refused !== undefined) return answer(response, 403, { Message: refused });
    try {
      answer(response, 200, (await invoke(functionArn, await json(request))) ?? null);
    } catch (error) {
      response.setHeader("X-Amz-Function-Error", "Unhandled");
      answer(response, 200, { errorMessage: (error as Error).message });
    }
  });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}
