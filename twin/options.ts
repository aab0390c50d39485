import type { FaultSetting } from "./faults/fault-setting";
import type { S3Endpoint } from "./store/s3-client";

/** A user to log in as. */
export interface TwinUser {
  readonly name: string;
  readonly password: string;
}

/** What `startTwin` takes. */
export interface TwinOptions {
  readonly stack: string;
  /** File of `pulumi stack export` to serve in place of the program; `-` is standard input. */
  readonly state?: string;
  readonly host: string;
  /** Control port; 0 takes a free one. */
  readonly port: number;
  readonly passivePorts: readonly [number, number];
  /** Whether PASV answers 425 when all passive ports are in use, in place of waiting. */
  readonly passivePortsStrict?: boolean;
  /** Folder that keeps files, tables, queues and logs. */
  readonly data: string;
  readonly users: readonly TwinUser[];
  /** The address that the VPC sees the device come from; undefined: one that the stack allows. */
  readonly deviceAddress?: string;
  /** Whether to report each policy statement that was evaluated for a refusal. */
  readonly explain?: boolean;
  /** False: no number of failed logins locks a user. */
  readonly lockout?: boolean;
  /** File to record sessions to. */
  readonly record?: string;
  readonly faults?: readonly FaultSetting[];
  /** Seconds without a command after which a session is closed. */
  readonly idleTimeout?: number;
  /** Seconds without data after which a data connection is closed. */
  readonly dataTimeout?: number;
  /** An address that PASV announces in place of the one that the client connected to. */
  readonly passiveAddress?: string;
  /** S3-compatible service that keeps the files, in place of a folder. */
  readonly s3?: S3Endpoint;
  /** Port of the console page; undefined: there is none. */
  readonly console?: number;
}
