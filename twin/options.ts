import type { Cidr } from "../lib/ipv4";
import type { FaultSetting } from "./faults/fault-setting";
import type { Refusal } from "./ftp/unreachable";
import type { S3Endpoint } from "./store/s3-client";
import type { DeviceAddresses } from "./wiring/source-addresses";

/** A user to log in as. */
export interface TwinUser {
  readonly name: string;
  readonly password: string;
}

/** A twin that devices on the local network reach. */
export interface LanOptions {
  /** The client addresses that may connect. */
  readonly allow: readonly Cidr[];
}

/** Minimum characters of a generated password on a network, where other machines can guess it. */
export const lanPasswordLength = 24;

/** Options of `startTwin`. */
export interface TwinOptions {
  readonly stack: string;
  /** File of `pulumi stack export` to serve in place of the program; `-` is standard input. */
  readonly state?: string;
  readonly host: string;
  /** Undefined: loopback only. */
  readonly lan?: LanOptions;
  /** Control port; 0 takes a free one. */
  readonly port: number;
  readonly passivePorts: readonly [number, number];
  /** Whether a passive port is free again when its connection is accepted, and PASV waits for one. */
  readonly generousPassivePorts?: boolean;
  /** Folder that keeps files, tables, queues and logs. */
  readonly data: string;
  readonly users: readonly TwinUser[];
  /** The address that the VPC sees the device come from; undefined: one that the stack allows. */
  readonly deviceAddress?: string;
  /** How many addresses the VPC sees devices come from. Default: what the stack's VPG implies. */
  readonly deviceAddresses?: DeviceAddresses;
  /** The response of a port that the client may not reach. Default: silence. */
  readonly refusal?: Refusal;
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
