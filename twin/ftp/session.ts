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

/** What a session needs of its endpoint. */
export interface SessionContext {
  readonly service: FtpService;
  readonly observer: FtpObserver;
  readonly passivePorts: PassivePorts;
  /** What PASV announces; undefined: the address that the client connected to. */
  readonly passiveAddress?: string;
  /** Milliseconds of silence after which a data connection is given up. */
  readonly dataMs: number;
  /** Milliseconds a failed login takes at least. */
  readonly failedLoginDelayMs: number;
  readonly clock: Clock;
  readonly faults: Faults;
  /** Locations of files that STOU has promised to a session and that are not there yet. */
  readonly promised: Set<string>;
}

/** An event without the session's id, which the session adds. */
type OwnEvent<T = FtpEvent> = T extends { session: string } ? Omit<T, "session"> : never;

/** One control connection and everything it remembers. Commands run one after the other, never two at once. */
export class Session {
  readonly id = randomBytes(10).toString("hex");
  readonly data: DataChannel;
  /** USER's argument until PASS. */
  pendingUser: string | undefined;
  /** Who is logged in, and to what. */
  login: { readonly user: string; readonly home: Home } | undefined;
  failedLogins = 0;
  /** The current folder, absolute. */
  folder = "/";
  /** TYPE. Bytes are never converted; it only shows what a client is set up for. */
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

  /** The files of who is logged in; for commands that are only run after login. */
  get home(): Home {
    if (this.login === undefined) {
      throw new Error("There is no home before login.");
    }
    return this.login.home;
  }

  /** Sends a reply: its lines, with codes, separated by "\n". */
  async reply(reply: string): Promise<void> {
    // A lone CR that came in a name would be taken for a line end by some clients.
    const text = reply.replaceAll("\r", "");
    this.emit({ kind: "reply", text });
    await this.control.write(text);
  }

  /** Answers with a refusal, and reports the reason to observers. */
  async refuse(
    reason: string,
    reply: string,
    code?: RefusalCode,
    file?: FileOperation,
  ): Promise<void> {
    this.emit({ kind: "refused", reason, code, ...(file && { file }) });
    await this.reply(reply);
  }

  /** Whether it was ended: no command is answered any more. */
  get isOver(): boolean {
    return this.over;
  }

  /** Ends the session once the replies so far are sent; commands that wait are not answered. */
  end(reason: string): void {
    this.over = true;
    this.control.close(reason);
  }

  /** Ends the session by a reset of its connection: replies that wait are lost. */
  reset(reason: string): void {
    this.over = true;
    this.control.reset(reason);
  }

  /** Ends the session at once, with the transfer it has under way. */
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
