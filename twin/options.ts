import { Command, InvalidArgumentError, Option } from "commander";

import { parseAddress } from "../lib/ipv4";
import { stacksOf } from "../lib/stack/stack-config";
import { FaultSetting, faultKinds, parseFault } from "./faults/fault-setting";
import { duration, port } from "./number-options";
import type { S3Endpoint } from "./store/s3-client";

/** A user to log in as. */
export interface TwinUser {
  readonly name: string;
  readonly password: string;
}

/** What `npm start` was asked for. */
export interface TwinOptions {
  readonly stack: string;
  /** File of `pulumi stack export` to serve in place of the program; `-` is standard input. */
  readonly state?: string;
  readonly host: string;
  readonly port: number;
  readonly passivePorts: readonly [number, number];
  readonly passivePortsStrict: boolean;
  /** Folder everything is kept in. */
  readonly data: string;
  readonly users: readonly TwinUser[];
  /** The address the VPC would see; undefined: one that fits the stack. */
  readonly deviceAddress?: string;
  readonly json: boolean;
  /** Print every policy statement that was looked at for a refusal. */
  readonly explain?: boolean;
  /** False: no number of failed logins locks a user. */
  readonly lockout?: boolean;
  /** File to record sessions to. */
  readonly record?: string;
  readonly faults?: readonly FaultSetting[];
  /** Seconds of silence after which a session is closed. */
  readonly idleTimeout?: number;
  /** Seconds of silence after which a data connection is given up. */
  readonly dataTimeout?: number;
  /** An address PASV announces in place of the one that was connected to. */
  readonly passiveAddress?: string;
  /** Where files are kept instead of in a folder. */
  readonly s3?: S3Endpoint;
  /** Port of the page that shows the twin; undefined: there is none. */
  readonly console?: number;
}

interface Parsed {
  stack: string;
  state?: string;
  host: string;
  port: number;
  passivePorts: [number, number];
  passivePortsStrict: boolean;
  data?: string;
  user: TwinUser[];
  deviceAddress?: string;
  json: boolean;
  explain: boolean;
  lockout: boolean;
  record?: string;
  fault: FaultSetting[];
  idleTimeout?: number;
  dataTimeout?: number;
  passiveAddress?: string;
  store?: string;
  s3Endpoint?: string;
  console?: number | true;
}

/** Where the console is when no port is named. */
const CONSOLE_PORT = 2180;

/**
 * Reads the command line. Prints help, or what is wrong, and exits by itself.
 *
 * @param root folder of the program, for the names of its stacks
 */
export function readOptions(argv: readonly string[], root: string): TwinOptions {
  const command = new Command("npm start --")
    .description(
      "Evaluates a stack's program on this machine and serves FTP on loopback as the deployed stack would.",
    )
    .addOption(
      new Option("--stack <name>", "stack to serve").choices(stacksOf(root)).default("dev"),
    )
    .addOption(
      new Option(
        "--state <file>",
        "serve what pulumi stack export wrote (- for standard input), not the program",
      ).conflicts("stack"),
    )
    .option("--host <address>", "loopback address to listen on", loopback, "127.0.0.1")
    .option("--port <number>", "control port; 0 takes a free one", port, 2121)
    .option("--passive-ports <from-to>", "passive data ports, nine at most as in AWS", ports, [
      8192, 8200,
    ] as [number, number])
    .option("--passive-ports-strict", "answer 425 when all passive ports are lent, not wait", false)
    .option("--data <folder>", "where files are kept (default: .twin/<stack>, or .twin/state)")
    .option("--user <name:password>", "a user who can log in; repeatable", addUser, [])
    .option(
      "--device-address <IPv4>",
      "address the VPC sees the device come from (default: one behind the VPG)",
      address,
    )
    .option("--explain", "print the policy statements looked at for each refusal", false)
    .option("--no-lockout", "let no number of failed logins lock a user")
    .option("--record <file>", "write the sessions to a text file; npm run replay plays it again")
    .option("--fault <fault>", faultHelp, addFault, [])
    .option("--idle-timeout <seconds>", "close a silent session after so long (1800)", duration)
    .option(
      "--data-timeout <seconds>",
      "give a silent data connection up after so long (600)",
      duration,
    )
    .option("--passive-address <address>", "loopback address PASV announces (the --host)", loopback)
    .option(
      "--store <s3://bucket>",
      "keep files in a bucket of --s3-endpoint, not in a folder",
      s3Bucket,
    )
    .option(
      "--s3-endpoint <url>",
      "S3-compatible service; credentials are AWS_ACCESS_KEY_ID and so on",
    )
    .option(
      "--console [port]",
      `serve a page that shows all this, on 127.0.0.1 (port ${CONSOLE_PORT}; 0 takes a free one)`,
      port,
    )
    .option("--json", "print one line of JSON when ready, the rest on stderr", false)
    .addHelpText(
      "after",
      `
Examples:
  npm start
  npm start -- --stack prod --user camera01:k3Jd82hsQp0xYtz
  pulumi stack export -s prod | npm start -- --state -   # what is really deployed
  npm start -- --console                   # a page to watch it on, in English or Japanese
  npm start -- --fault drop-data:0.1 --fault slow-login=20@3
  npm start -- --device-address 10.1.2.3   # not from the VPG: no connection, and the log says why`,
    );
  const parsed = command.parse([...argv], { from: "user" }).opts<Parsed>();
  const usual = parsed.state === undefined ? parsed.stack : "state";
  const { user: users, fault: faults, data = `.twin/${usual}`, ...rest } = parsed;
  const { store, s3Endpoint, console, ...options } = rest;
  if ((store === undefined) !== (s3Endpoint === undefined)) {
    command.error("--store and --s3-endpoint go together.");
  }
  const s3 = store === undefined || s3Endpoint === undefined ? undefined : place(store, s3Endpoint);
  return {
    ...options,
    ...{ users, faults, data, s3 },
    console: console === true ? CONSOLE_PORT : console,
  };
}

function ports(text: string): [number, number] {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (!(from >= 1 && to >= from && to <= 65535 && to - from < 9)) {
    throw new InvalidArgumentError("Passive ports are a range of 1 to 9 ports, such as 8192-8200.");
  }
  return [from, to];
}

function loopback(text: string): string {
  // Plain FTP with made-up users has no business on a network.
  if (!/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(text) || parseAddress(text) === undefined) {
    throw new InvalidArgumentError("The twin serves loopback only: an address in 127.0.0.0/8.");
  }
  return text;
}

function address(text: string): string {
  if (parseAddress(text) === undefined) {
    throw new InvalidArgumentError("An IPv4 address such as 100.64.0.10.");
  }
  return text;
}

function addUser(text: string, users: TwinUser[]): TwinUser[] {
  const colon = text.indexOf(":");
  if (colon < 1 || colon === text.length - 1) {
    throw new InvalidArgumentError("NAME:PASSWORD, for example camera01:k3Jd82hsQp0xYtz.");
  }
  return [...users, { name: text.slice(0, colon), password: text.slice(colon + 1) }];
}

const faultHelp = `KIND, KIND:RATE or KIND@N makes something go wrong always, at a rate, or the N-th time; repeatable; ${Object.keys(faultKinds).join(", ")}`;

function addFault(text: string, faults: FaultSetting[]): FaultSetting[] {
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

/** Keys come from the environment, as the AWS tools take them. */
function place(bucket: string, endpoint: string): S3Endpoint {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION } = process.env;
  return {
    bucket,
    endpoint,
    region: AWS_REGION ?? "us-east-1",
    accessKeyId: AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: AWS_SESSION_TOKEN,
  };
}
