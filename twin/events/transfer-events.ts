import { randomUUID } from "node:crypto";
import type { ChangeKind, FtpEvent } from "../ftp/events";

/** Where the events say they come from. */
export interface EventSource {
  readonly serverId: string;
  readonly serverArn: string;
  /** The address the VPC sees devices come from. */
  readonly clientIp: string;
}

/** An event as EventBridge delivers it (EventBridge user guide, "Event structure reference"). */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: "aws.transfer";
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, string | number>>;
}

const changes: Readonly<Record<ChangeKind, string>> = {
  delete: "File Delete",
  rename: "File Rename",
  "make-directory": "Directory Create",
  "remove-directory": "Directory Delete",
};

/**
 * The event that Transfer Family sends for what happened (user guide, "Transfer Family events detail
 * reference"); undefined when it sends none. Paths are "/bucket/key".
 */
export function transferEvent(
  event: FtpEvent,
  at: Date,
  { serverId, serverArn, clientIp }: EventSource,
): BusEvent | undefined {
  if (event.kind !== "transfer" && event.kind !== "change") {
    return undefined;
  }
  const [, , , region, account] = serverArn.split(":");
  const { what, milliseconds, fields } = specificsOf(event);
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": `FTP Server ${what}`,
    source: "aws.transfer",
    account,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region,
    resources: [serverArn],
    detail: {
      protocol: "FTP",
      "server-id": serverId,
      username: event.user,
      "session-id": event.session,
      "client-ip": clientIp,
      "file-path": event.location,
      "start-timestamp": new Date(at.getTime() - milliseconds).toISOString(),
      "end-timestamp": at.toISOString(),
      ...fields,
    },
  };
}

interface Specifics {
  readonly what: string;
  readonly milliseconds: number;
  readonly fields: Readonly<Record<string, string | number>>;
}

function specificsOf(event: Extract<FtpEvent, { kind: "transfer" | "change" }>): Specifics {
  if (event.kind === "change") {
    const fields = { "status-code": "COMPLETED" };
    return { what: `${changes[event.change]} Completed`, milliseconds: 0, fields };
  }
  const { direction, outcome, bytes, milliseconds, etag } = event;
  const what = direction === "upload" ? "File Upload" : "File Download";
  if (outcome === "completed") {
    const fields = { bytes, ...(etag === undefined ? {} : { etag }), "status-code": "COMPLETED" };
    return { what: `${what} Completed`, milliseconds, fields };
  }
  const partial = direction === "upload" ? "PARTIAL_UPLOAD" : "PARTIAL_DOWNLOAD";
  const cut = outcome === "partial";
  return {
    what: `${what} Failed`,
    milliseconds,
    fields: {
      bytes,
      "status-code": "FAILED",
      "failure-code": cut ? partial : "UNKNOWN_ERROR",
      "failure-message": cut ? "The client ended the transfer." : "The storage failed.",
    },
  };
}
