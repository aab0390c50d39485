import type { FtpEvent } from "../ftp/events";
import { partsOf } from "./sent-command";

/** Characters of a line that are kept: devices may send a kilobyte. */
const longestShown = 120;

/** What the rules have to remember of one session. Its size does not grow with the session's length. */
export class Dialogue {
  /** The command under way, or answered last. */
  command = { name: "", argument: "", line: "", at: 0 };
  /** The address that the VPC sees the session come from. */
  source = "";
  user: string | undefined;
  passwordLength: number | undefined;
  loggedIn = false;
  /** TYPE as the device chose it; undefined until it did. */
  type: string | undefined;
  /** REST was sent and no transfer has come since. */
  restarting = false;
  /** PASV or EPSV was answered with a port that no data command has used. */
  portAnnounced = false;
  /** The transfer under way was opened with a port that PASV or EPSV gave for it. */
  openedWithPort = false;
  /** The address of the last 227; undefined after EPSV. */
  announcedAddress: string | undefined;
  /** The last refusal's code and reason, of the command under way. */
  refusal: string | undefined;
  refusalReason = "";
  uploads = 0;
  downloads = 0;
  bytes = 0;

  /** Takes in what the rules have seen. */
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

  /** The line a finding is shown with. */
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

/** A text of a device at a length that can be shown. */
export function clip(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
