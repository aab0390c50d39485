import { randomUUID } from "node:crypto";
import type { FileOperation, FtpEvent } from "../ftp/events";

/** The server of the events. */
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

const operations: Readonly<Record<FileOperation["operation"], string>> = {
  upload: "File Upload",
  download: "File Download",
  delete: "File Delete",
  rename: "File Rename",
  "make-directory": "Directory Create",
  "remove-directory": "Directory Delete",
};

/**
 * The event that Transfer Family sends for an FTP event (user guide, "Transfer Family events detail reference");
 * undefined when it sends none. AWS documents a failed event for each kind. Whether it sends one for a transfer that is
 * denied before it begins is not documented: the twin sends none.
 */
export function transferEvent(
  event: FtpEvent,
  at: Date,
  { serverId, serverArn, clientIp }: EventSource,
): BusEvent | undefined {
  const happened = eventDetailOf(event);
  if (happened === undefined) return undefined;
  const { session, file, milliseconds = 0, failure, ...transferred } = happened;
  const [, , , region, account] = serverArn.split(":");
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": `FTP Server ${operations[file.operation]} ${failure ? "Failed" : "Completed"}`,
    source: "aws.transfer",
    account,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region,
    resources: [serverArn],
    detail: {
      ...failure,
      "status-code": failure ? "FAILED" : "COMPLETED",
      protocol: "FTP",
      ...transferred,
      "client-ip": clientIp,
      ...pathsOf(file),
      "start-timestamp": nanoseconds(new Date(at.getTime() - milliseconds)),
      "end-timestamp": nanoseconds(at),
      "server-id": serverId,
      username: file.user,
      "session-id": session,
    },
  };
}

interface EventDetail {
  readonly session: string;
  readonly file: FileOperation;
  readonly milliseconds?: number;
  readonly failure?: { readonly "failure-code": string; readonly "failure-message": string };
  readonly bytes?: number;
  readonly etag?: string;
}

function eventDetailOf(event: FtpEvent): EventDetail | undefined {
  if (event.kind === "change") {
    const { session, user, change: operation, location, newLocation } = event;
    return { session, file: { user, operation, location, newLocation } };
  }
  if (event.kind === "refused") {
    const { session, reason, file } = event;
    if (file === undefined || isTransfer(file)) return undefined;
    return { session, file, failure: unknownError(reason) };
  }
  if (event.kind !== "transfer") return undefined;
  const { session, user, direction: operation, location } = event;
  const { bytes, milliseconds, outcome, etag } = event;
  return {
    ...{ session, file: { user, operation, location }, milliseconds, bytes },
    ...(outcome === "completed" && etag !== undefined && { etag }),
    ...(outcome === "failed" && { failure: unknownError("The storage failed.") }),
    ...(outcome === "partial" && { failure: partial(operation) }),
  };
}

const isTransfer = ({ operation }: FileOperation) =>
  operation === "upload" || operation === "download";

const unknownError = (reason: string) => ({
  "failure-code": "UNKNOWN_ERROR",
  "failure-message": reason,
});

const partial = (direction: "upload" | "download") => ({
  "failure-code": `PARTIAL_${direction.toUpperCase()}`,
  "failure-message": `File was partially ${direction}ed.`,
});

/** Each kind of event has its own field names for paths. */
function pathsOf({ operation, location, newLocation = "" }: FileOperation): Record<string, string> {
  if (operation === "rename") {
    return { "original-file-path": location, "renamed-file-path": newLocation };
  }
  const isDirectory = operation === "make-directory" || operation === "remove-directory";
  return { [isDirectory ? "directory-path" : "file-path"]: location };
}

/** With nine decimals, as in Transfer Family's events. */
const nanoseconds = (at: Date) => at.toISOString().replace("Z", "000000Z");
