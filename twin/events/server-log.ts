import * as path from "node:path";

import type { FileOperation, FtpEvent } from "../ftp/events";
import { LogFile } from "../log-file";

/** A line for one of the log's streams. */
export interface ServerLogLine {
  readonly stream: string;
  /** Fields of AWS's structured JSON log (Transfer Family user guide, "cw-structure-logs"). */
  readonly fields: Readonly<Record<string, string>>;
}

/** The stream of lines without a user's session. */
const errorStream = "ERRORS";

const activities: Readonly<Record<FileOperation["operation"], string>> = {
  upload: "OPEN",
  download: "OPEN",
  delete: "DELETE",
  rename: "RENAME",
  "make-directory": "MKDIR",
  "remove-directory": "RMDIR",
};

/**
 * The server's structured log (user guide, "cw-structure-logs" and "cw-example-logs"): one line of JSON for each
 * activity. Numbers are texts, as in AWS's examples. AWS documents the fields of an ERROR, but no example line: the
 * message is the twin's own reason.
 */
export class ServerLog {
  /** The user of each logged-in session. */
  private readonly users = new Map<string, string>();

  constructor(private readonly serverArn: string) {}

  /** The line of an event; undefined when the server does not log it. */
  lineOf(event: FtpEvent, source: string): ServerLogLine | undefined {
    switch (event.kind) {
      case "login":
        return event.granted ? this.connected(event, source) : this.denied(event.user, source);
      case "opened": {
        const mode = event.file.operation === "upload" ? "CREATE|TRUNCATE|WRITE" : "READ";
        return this.line(event.session, "OPEN", { mode, path: event.file.location });
      }
      case "transfer":
        return this.closed(event);
      case "change":
        return this.line(event.session, activities[event.change], { path: event.location });
      case "refused": {
        const { session, reason: message, file } = event;
        if (file === undefined) return undefined;
        const { operation, location } = file;
        return this.line(session, "ERROR", {
          ...{ operation: activities[operation], path: location, message, user: file.user },
        });
      }
      case "closed": {
        const line = this.users.has(event.session)
          ? this.line(event.session, "DISCONNECTED", {})
          : undefined;
        this.users.delete(event.session);
        return line;
      }
      case "connected":
      case "unreachable":
      case "command":
      case "reply":
      case "data":
        return undefined;
    }
  }

  private connected(event: Extract<FtpEvent, { kind: "login" }>, source: string): ServerLogLine {
    const { session, user, role } = event;
    this.users.set(session, user);
    return this.line(session, "CONNECTED", {
      ...{
        role: role?.arn ?? "",
        "home-dir": role?.homeDirectory ?? "",
        user,
        "source-ip": source,
      },
    });
  }

  private denied(user: string, source: string): ServerLogLine {
    const fields = {
      method: "password",
      "activity-type": "AUTH_FAILURE",
      "source-ip": source,
      "resource-arn": this.serverArn,
      message: "Invalid user name or password",
      user,
    };
    return { stream: errorStream, fields };
  }

  private closed(event: Extract<FtpEvent, { kind: "transfer" }>): ServerLogLine {
    const { session, direction, outcome, location, bytes } = event;
    if (outcome === "failed") {
      const message = "The storage failed.";
      return this.line(session, "ERROR", { operation: "CLOSE", path: location, message });
    }
    const isPartial = outcome === "partial" && direction === "upload";
    return this.line(session, isPartial ? "PARTIAL_CLOSE" : "CLOSE", {
      path: location,
      [direction === "upload" ? "bytes-in" : "bytes-out"]: String(bytes),
    });
  }

  private line(session: string, activity: string, fields: Record<string, string>): ServerLogLine {
    return {
      stream: this.users.get(session) ?? errorStream,
      fields: {
        ...fields,
        "activity-type": activity,
        "resource-arn": this.serverArn,
        "session-id": session,
      },
    };
  }
}

/** A log group as a folder: a file for each stream, with a line for each event. A user's sessions share a file. */
export class LogGroupFolder {
  private readonly streams = new Map<string, LogFile>();

  /** @param onFault - Receives the first line of a file that could not be written, and when it can be written again. */
  constructor(
    readonly folder: string,
    private readonly onFault: (text: string) => void,
  ) {}

  append({ stream, fields }: ServerLogLine): void {
    let file = this.streams.get(stream);
    if (file === undefined) {
      file = new LogFile(path.join(this.folder, `${stream}.jsonl`), this.onFault);
      this.streams.set(stream, file);
    }
    file.append(`${JSON.stringify(fields)}\n`);
  }
}

/** The folder of a log group in the twin's data. */
export function logGroupFolder(data: string, group: string): string {
  return path.join(data, "logs", ...group.split("/").filter((part) => part !== ""));
}
