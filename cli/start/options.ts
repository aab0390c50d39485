import { InvalidArgumentError, Option, type Command } from "commander";

import { type Cidr, formatCidr, parseAddress, parseCidr } from "../../lib/ipv4";
import { faultKinds, parseFault, type FaultSetting } from "../../twin/faults/fault-setting";
import type { Refusal } from "../../twin/ftp/unreachable";
import type { LanOptions, TwinOptions, TwinUser } from "../../twin/options";
import type { S3Endpoint } from "../../twin/store/s3-client";
import type { DeviceAddresses } from "../../twin/wiring/source-addresses";
import { numberFrom } from "../core/command";
import { usageError } from "../core/errors";
import { twinFolder } from "../core/twin-folder";

/** The options of `start`, as commander reads them. */
export interface StartOptions {
  readonly stack: string;
  readonly state?: string;
  readonly host?: string;
  readonly lan?: boolean;
  readonly allow: readonly Cidr[];
  readonly port: number;
  readonly passivePorts: PassivePortsOption;
  readonly data?: string;
  readonly user: readonly TwinUser[];
  readonly deviceAddress?: string;
  readonly deviceAddresses?: DeviceAddresses;
  readonly refuse: Refusal;
  readonly explain?: boolean;
  readonly lockout: boolean;
  readonly record?: string;
  readonly fault: readonly FaultSetting[];
  readonly idleTimeout?: number;
  readonly dataTimeout?: number;
  readonly passiveAddress?: string;
  readonly store?: string;
  readonly s3Endpoint?: string;
  readonly console?: number | true;
  readonly json?: boolean;
}

/** Port of the console page when the option names none. */
const consolePort = 2180;

const maxPassivePorts = 9;

const port = numberFrom(0, 65_535, true);
const seconds = numberFrom(0.001, 86_400, false);

/** Adds the options of `start`, except `--stack` and `--json`. */
export function addStartOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--state <file>",
        "serve the output of pulumi stack export (- for standard input), not the program",
      ).conflicts("stack"),
    )
    .option(
      "--host <address>",
      "address to listen on: a loopback address, or with --lan one of this machine (default: 127.0.0.1)",
      address,
    )
    .option(
      "--lan",
      "serve devices on the local network at --host; plain FTP, so see docs/devices.md",
    )
    .addOption(
      new Option(
        "--allow <CIDR>",
        "addresses of the network that may connect with --lan; repeatable",
      )
        .argParser(addCidr)
        .default([], "the /24 of --host"),
    )
    .option("--port <number>", "control port; 0 takes a free one", port, 2121)
    .addOption(
      new Option(
        "--passive-ports <from-to|wait>",
        "passive data ports, nine at most as in AWS; wait: PASV waits for a free port in place of answering 425; repeatable",
      )
        .argParser(passivePortsOption)
        .default({ range: [8192, 8200], wait: false }, "8192-8200"),
    )
    .option("--data <folder>", "where files are kept (default: .twin/<stack>, or .twin/state)")
    .addOption(
      new Option("--user <name:password>", "a user who can log in; repeatable")
        .argParser(addUser)
        .default([], "one with a generated password"),
    )
    .option(
      "--device-address <IPv4>",
      "address the VPC sees the device come from (default: one behind the VPG)",
      address,
    )
    .option(
      "--device-addresses <number|each>",
      "how many addresses the VPC sees devices come from, each with all passive ports (default: 1 behind a Type-F VPG, else each client's own)",
      deviceAddresses,
    )
    .addOption(
      new Option("--refuse <how>", "what a client sees of a port that the network does not admit")
        .choices(["silence", "reset"])
        .default("silence"),
    )
    .option("--explain", "print the policy statements that were evaluated for each refusal")
    .option("--no-lockout", "failed logins never lock a user")
    .option("--record <file>", "write the sessions to a text file, for canal-ftp replay")
    .addOption(new Option("--fault <fault>", faultHelp).argParser(addFault).default([], "no fault"))
    .option("--idle-timeout <seconds>", "close a session without commands (default: 1800)", seconds)
    .option(
      "--data-timeout <seconds>",
      "close a data connection without data (default: 600)",
      seconds,
    )
    .option(
      "--passive-address <address>",
      "address that PASV announces, loopback or with --lan one of this machine (default: --host)",
      address,
    )
    .option(
      "--store <s3://bucket>",
      "keep files in a bucket of --s3-endpoint, not in a folder",
      s3Bucket,
    )
    .option(
      "--s3-endpoint <url>",
      "S3-compatible service; its credentials are AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY",
    )
    .option(
      "--console [port]",
      `serve a page that shows the twin, on 127.0.0.1 (port ${consolePort}; 0 takes a free one)`,
      port,
    );
}

/**
 * The options of a twin.
 *
 * @param root - Folder of the program.
 * @param env - Environment with the credentials of the S3-compatible service.
 * @throws UserError when one of `--store` and `--s3-endpoint` is given without the other.
 */
export function twinOptions(
  given: StartOptions,
  root: string,
  env: NodeJS.ProcessEnv,
): TwinOptions {
  const { user: users, fault: faults, store, s3Endpoint, console, ...other } = given;
  const { passivePorts, refuse: refusal, lan, allow, host = "127.0.0.1", ...rest } = other;
  if ((store === undefined) !== (s3Endpoint === undefined)) {
    throw usageError("--store and --s3-endpoint are given together, or neither.");
  }
  const { passiveAddress = host } = rest;
  requireLoopback([host, passiveAddress], lan === true, allow);
  return {
    ...rest,
    host,
    lan: lan ? lanOf(host, allow) : undefined,
    passivePorts: passivePorts.range,
    generousPassivePorts: passivePorts.wait,
    refusal,
    users,
    faults,
    data: twinFolder(root, given.state === undefined ? given.stack : "state", given.data),
    s3: store && s3Endpoint ? endpointOf(store, s3Endpoint, env) : undefined,
    console: console === true ? consolePort : console,
  };
}

/** The passive ports, and whether PASV waits for one. */
interface PassivePortsOption {
  readonly range: readonly [number, number];
  readonly wait: boolean;
}

function passivePortsOption(text: string, before: PassivePortsOption): PassivePortsOption {
  if (text === "wait") return { ...before, wait: true };
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (!(from >= 1 && to >= from && to <= 65_535 && to - from < maxPassivePorts)) {
    throw new InvalidArgumentError(
      `A range of 1 to ${maxPassivePorts} ports, such as 8192-8200, or wait.`,
    );
  }
  return { ...before, range: [from, to] };
}

/** The most simulated source addresses: as many as a /24 has. */
const maxAddresses = 254;

function deviceAddresses(text: string): DeviceAddresses {
  const count = Number(text);
  if (text !== "each" && !(Number.isInteger(count) && count >= 1 && count <= maxAddresses)) {
    throw new InvalidArgumentError(`A number from 1 to ${maxAddresses}, or each.`);
  }
  return text === "each" ? text : count;
}

const isLoopback = (text: string) => text.startsWith("127.");

/** Plain FTP is offered to a network only by request. */
function requireLoopback(addresses: readonly string[], lan: boolean, allow: readonly Cidr[]): void {
  const [outside] = addresses.filter((each) => !isLoopback(each));
  if (!lan && outside !== undefined) {
    throw usageError(
      `${outside} is not a loopback address (127.0.0.0/8). The twin serves plain FTP, without encryption: to serve devices on a local network, add --lan.`,
    );
  }
  if (!lan && allow.length > 0) throw usageError("--allow needs --lan.");
  if (lan && outside === undefined) {
    throw usageError(
      "--lan needs --host ADDRESS: the address of this machine on the local network.",
    );
  }
  if (outside === "0.0.0.0") {
    throw usageError("--host 0.0.0.0 is every address: give the one that devices connect to.");
  }
  const isWide = allow.find(({ prefix }) => prefix < 8);
  if (isWide) throw usageError(`--allow ${formatCidr(isWide)} is wider than a /8.`);
}

/** The addresses that may connect: those given, else the /24 of the host; and this machine's own. */
function lanOf(host: string, allow: readonly Cidr[]): LanOptions {
  const base = parseAddress(host)!;
  const own = [parseCidr("127.0.0.0/8")!, { base, prefix: 32 }];
  const given = allow.length > 0 ? allow : [{ base: base - (base % 256), prefix: 24 }];
  return { allow: [...given, ...own] };
}

function addCidr(text: string, before: readonly Cidr[]): Cidr[] {
  const cidr = parseCidr(text.includes("/") ? text : `${text}/32`);
  if (cidr === undefined) {
    throw new InvalidArgumentError("A block such as 192.168.1.0/24, or one address.");
  }
  return [...before, cidr];
}

function address(text: string): string {
  if (parseAddress(text) === undefined) {
    throw new InvalidArgumentError("An IPv4 address such as 100.64.0.10.");
  }
  return text;
}

function addUser(text: string, users: readonly TwinUser[]): TwinUser[] {
  const colon = text.indexOf(":");
  if (colon < 1 || colon === text.length - 1) {
    throw new InvalidArgumentError("NAME:PASSWORD, for example camera01:k3Jd82hsQp0xYtz.");
  }
  return [...users, { name: text.slice(0, colon), password: text.slice(colon + 1) }];
}

const faultHelp = `KIND, KIND:RATE or KIND@N makes something fail always, at a rate, or the N-th time; repeatable; ${Object.keys(faultKinds).join(", ")}`;

function addFault(text: string, faults: readonly FaultSetting[]): FaultSetting[] {
  const fault = parseFault(text);
  if (fault === undefined) {
    const kinds = Object.entries(faultKinds).map(([kind, does]) => `  ${kind}  ${does}`);
    throw new InvalidArgumentError(
      `KIND, KIND:RATE (0 to 1) or KIND@N; kinds are\n${kinds.join("\n")}`,
    );
  }
  return [...faults, fault];
}

function s3Bucket(text: string): string {
  const bucket = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/?$/.exec(text)?.[1];
  if (bucket === undefined) throw new InvalidArgumentError("A bucket such as s3://my-bucket.");
  return bucket;
}

/** Credentials come from the environment, as the AWS SDKs read them. */
function endpointOf(bucket: string, endpoint: string, env: NodeJS.ProcessEnv): S3Endpoint {
  return {
    bucket,
    endpoint,
    region: env.AWS_REGION ?? "us-east-1",
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: env.AWS_SESSION_TOKEN,
  };
}
