import type { FaultSetting } from "./faults/fault-setting";
import type { S3Endpoint } from "./store/s3-client";

/** A user who can log in. */
export interface TwinUser {
  readonly name: string;
  readonly password: string;
}

/** How to start a twin. */
export interface TwinOptions {
  readonly stack: string;
  /** File of `pulumi stack export` to serve instead of the program; `-` for standard input. */
  readonly state?: string;
  readonly host: string;
  readonly port: number;
  readonly passivePorts: readonly [number, number];
  readonly passivePortsStrict: boolean;
  /** Folder of all data. */
  readonly data: string;
  readonly users: readonly TwinUser[];
  /** The device's address as the VPC sees it. Default: one that fits the stack. */
  readonly deviceAddress?: string;
  readonly json: boolean;
  /** Print every policy statement evaluated for a refusal. */
  readonly explain?: boolean;
  /** False: failed logins do not lock users. */
  readonly lockout?: boolean;
  /** File to record sessions to. */
  readonly record?: string;
  readonly faults?: readonly FaultSetting[];
  /** Seconds without traffic after which a session is closed. */
  readonly idleTimeout?: number;
  /** Seconds without traffic after which a data connection is closed. */
  readonly dataTimeout?: number;
  /** Address that PASV announces. Default: the one the client connected to. */
  readonly passiveAddress?: string;
  /** S3-compatible service that stores the files. Default: a folder. */
  readonly s3?: S3Endpoint;
  /** Port of the console; undefined: no console. */
  readonly console?: number;
}
