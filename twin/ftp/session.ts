import { randomBytes } from "node:crypto";
import type { Clock } from "../clock";
import type { ControlConnection } from "./control-connection";
import { DataChannel } from "./data/data-channel";
import type { PassivePorts } from "./data/passive-ports";
import type { FileOperation, FtpEvent, FtpObserver } from "./events";
import type { Faults } from "./faults";
import type { Fact } from "./listing";
import { resolvePath } from "./path";
import type { FtpService, Home, RefusalCode } from "./service";

/** The endpoint of a session. */
export interface SessionContext {
  readonly service: FtpService;
  readonly observer: FtpObserver;
  readonly passivePorts: PassivePorts;
  /** The address that PASV announces; undefined: the one that the client connected to. */
  readonly passiveAddress?: string;
  /** Idle milliseconds after which a data connection is closed. */
  readonly dataMs: number;
  /** Milliseconds that a failed login takes at least. */
  readonly failedLoginDelayMs: number;
  readonly clock: Clock;
  readonly faults: Faults;
  /** Locations that STOU has reserved for a session and where no file exists yet. */
  readonly promised: Set<string>;
}

/** An event without the session's id, which the session adds. */
type OwnEvent<T = FtpEvent> = T extends { session: string } ? Omit<T, "session"> : never;

/** One control connection and its state. Commands run one after the other, never concurrently. */
export class Session {
  readonly id = randomBytes(10).toString("hex");
  readonly data: DataChannel;
  /** USER's argument until PASS. */
  pendingUser: string | undefined;
  /** The user who is logged in, with the user's files. */
  login: { readonly user: string; readonly home: Home } | undefined;
  failedLogins = 0;
  /** The current folder, absolute. */
  folder = "/";
  /** TYPE. Bytes are never converted; it only shows the setting of the client. */
  type: "A" | "I" = "A";
  /** RNFR's path until the next command. */
  renameFrom: string | undefined;
  /** The facts of MLST and MLSD, as OPTS MLST chose. */
  facts: readonly Fact[] = ["Size", "Modify", "Type"];

  private over = false;

  constructor(
    readonly control: ControlConnection,
    /** The address that the VPC sees the session come from. */
    readonly source: string,
    readonly context: SessionContext,
  ) {
    this.data = new DataChannel(context.passivePorts, {
      address: control.clientAddress,
      source,
      gone: control.gone,
      onConnected: (to, port) => this.emit({ kind: "data", to, port }),
      onStranger: (address, port) =>
        this.emit({
          kind: "refused",
          reason: `Data connection to port ${port} from ${address}, which is not the client.`,
        }),
    });
  }

  /** The files of the logged-in user; for commands that are only run after login. */
  get home(): Home {
    if (this.login === undefined) {
      throw new Error("There is no home before login.");
    }
    return this.login.home;
  }

  /** Sends a reply: its lines, with codes, separated by "\n". */
  async reply(reply: string): Promise<void> {
    // Some clients treat a single CR in a name as a line ending.
    const text = reply.replaceAll("\r", "");
    this.emit({ kind: "reply", text });
    await this.control.write(text);
  }

  /** Replies with a refusal, and reports the reason to observers. */
  async refuse(
    reason: string,
    reply: string,
    code?: RefusalCode,
    file?: FileOperation,
  ): Promise<void> {
    this.emit({ kind: "refused", reason, code, ...(file && { file }) });
    await this.reply(reply);
  }

  /** Whether the session was ended: no further command is answered. */
  get isOver(): boolean {
    return this.over;
  }

  /** Ends the session after the replies so far are sent; waiting commands are not answered. */
  end(reason: string): void {
    this.over = true;
    this.control.close(reason);
  }

  /** Ends the session by a reset of its connection: unsent replies are lost. */
  reset(reason: string): void {
    this.over = true;
    this.control.reset(reason);
  }

  /** Ends the session immediately, with the transfer in progress. */
  abandon(reason: string): void {
    this.end(reason);
    this.data.close();
  }

  emit(event: OwnEvent): void {
    this.context.observer({ ...event, session: this.id } as FtpEvent);
  }

  /** An operation of the user who is logged in. */
  operation(operation: FileOperation["operation"], path: string, newPath?: string): FileOperation {
    const location = this.home.locate(path);
    const newLocation = newPath === undefined ? undefined : this.home.locate(newPath);
    return {
      ...{ user: this.login?.user ?? "", operation, location },
      ...(newLocation !== undefined && { newLocation }),
    };
  }

  /** The absolute path an argument names. */
  resolve(argument: string): string {
    return resolvePath(this.folder, argument);
  }
}
