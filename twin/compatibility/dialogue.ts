import type { FtpEvent } from "../ftp/events";
import { partsOf } from "./sent-command";

/** Maximum characters of a kept line: devices may send a kilobyte. */
const longestShown = 120;

/** The state of one session that the rules use. Its size does not grow with the session's length. */
export class Dialogue {
  /** The command in progress, or the last one. */
  command = { name: "", argument: "", line: "", at: 0 };
  /** The address that the VPC sees the session come from. */
  source = "";
  user: string | undefined;
  passwordLength: number | undefined;
  loggedIn = false;
  /** TYPE as set by the device; undefined before. */
  type: string | undefined;
  /** Whether REST was sent without a transfer after it. */
  restarting = false;
  /** Whether a reply to PASV or EPSV has announced a port that no data command has used. */
  portAnnounced = false;
  /** Whether PASV or EPSV announced a port for the transfer in progress. */
  openedWithPort = false;
  /** The address of the last 227; undefined after EPSV. */
  announcedAddress: string | undefined;
  /** Code and reason of the last refusal of the command in progress. */
  refusal: string | undefined;
  refusalReason = "";
  uploads = 0;
  downloads = 0;
  bytes = 0;

  /** Updates the state after the rules have handled an event. */
  update(event: FtpEvent, at: number): void {
    switch (event.kind) {
      case "command":
        return this.begin(event.line, event.passwordLength, at);
      case "reply":
        return this.replied(event.text);
      case "refused":
        this.refusal = event.code;
        this.refusalReason = event.reason;
        return;
      case "transfer":
        this.restarting = false;
        this.uploads += Number(event.direction === "upload");
        this.downloads += Number(event.direction === "download");
        this.bytes += event.bytes;
        return;
      case "connected":
        this.source = event.source;
        return;
      case "unreachable":
      case "data":
      case "login":
      case "opened":
      case "change":
      case "closed":
        return;
    }
  }

  /** The command line to show with a finding. */
  get shownLine(): string | undefined {
    const { line } = this.command;
    return line === "" ? undefined : clip(line);
  }

  private begin(line: string, passwordLength: number | undefined, at: number): void {
    const { name, argument } = partsOf(line);
    this.command = { name, argument: argument.slice(0, 1024), line, at };
    this.refusal = undefined;
    if (name === "USER") this.user = argument;
    if (name === "PASS") this.passwordLength = passwordLength;
    if (name === "REST") this.restarting = true;
  }

  private replied(text: string): void {
    const { name, argument } = this.command;
    if (text.startsWith("230")) this.loggedIn = true;
    if (name === "TYPE" && text.startsWith("200")) this.type = argument.charAt(0).toUpperCase();
    if (/^22[79] Entering/.test(text)) {
      this.portAnnounced = true;
      const numbers = /\((\d+),(\d+),(\d+),(\d+),/.exec(text)?.slice(1);
      this.announcedAddress = numbers?.join(".");
    }
    if (text.startsWith("150 ")) this.openedWithPort = this.portAnnounced;
    if (/^(150|226|425|426|551) /.test(text)) this.portAnnounced = false;
  }
}

/** A text of a device, shortened for display. */
export function clip(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
