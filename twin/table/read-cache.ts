import type { IncomingMessage, Server, ServerResponse } from "node:http";

import type { ServiceReply } from "../function/service-endpoint";

const isRead = (operation: string) => /^(BatchGetItem|GetItem)$/.test(operation);

/** Maximum of replies that are kept: about 2 KiB each. */
const maxKept = 10_000;

/**
 * Replies to reads of single items. They hold until a request that is not such a read arrives at the tables, and none
 * is kept while one is in progress: a reader sees each write as soon as its writer has the reply.
 */
export class ReadCache {
  private readonly kept = new Map<string, ServiceReply>();
  private generation = 0;
  private writing = 0;

  /** @param server - The server of the tables, at which all requests arrive. */
  constructor(server: Server) {
    server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
      if (isRead(operationOf(request))) return;
      this.generation++;
      this.writing++;
      this.kept.clear();
      response.once("close", () => this.writing--);
    });
  }

  /** The reply to an operation: a kept one, or that of `read`. */
  async answer(
    operation: string,
    body: string,
    read: () => Promise<ServiceReply>,
  ): Promise<ServiceReply> {
    const key = `${operation} ${body}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const { generation } = this;
    const reply = await read();
    const isCurrent = this.generation === generation && this.writing === 0;
    if (isCurrent && isRead(operation) && reply.status === 200) {
      if (this.kept.size >= maxKept) this.kept.clear();
      this.kept.set(key, reply);
    }
    return reply;
  }
}

function operationOf({ headers }: IncomingMessage): string {
  return String(headers["x-amz-target"]).split(".")[1] ?? "";
}
