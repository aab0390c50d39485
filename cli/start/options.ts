import { type Command, InvalidArgumentError, Option } from "commander";

import { parseAddress } from "../../lib/ipv4";
import { type FaultSetting, faultKinds, parseFault } from "../../twin/faults/fault-setting";
import type { TwinOptions, TwinUser } from "../../twin/options";
import type { S3Endpoint } from "../../twin/store/s3-client";
import { usageError } from "../core/errors";
import { duration, port } from "../core/number-options";

/** Options as commander parses them. */
export interface StartOptions {
  readonly stack: string;
  readonly state?: string;
  readonly host: string;
  readonly port: number;
  readonly passivePorts: readonly [number, number];
  readonly passivePortsStrict: boolean;
  readonly data?: string;
  readonly user: readonly TwinUser[];
  readonly deviceAddress?: string;
  readonly json?: boolean;
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
}

const defaultPorts: readonly [number, number] = [8192, 8200];
const defaultConsolePort = 2180;

/** Adds the options of `start`, except `--stack` and `--json`. */
export function addStartOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--state <file>",
        "serve the output of pulumi stack export (- for standard input), not the program",
      ).conflicts("stack"),
    )
    .option("--host <address>", "loopback address to listen on", loopback, "127.0.0.1")
    .option("--port <number>", "control port; 0 selects a free one", port, 2121)
    .addOption(
      new Option("--passive-ports <from-to>", "passive data ports, at most nine as in AWS")
        .argParser(ports)
        .default(defaultPorts, defaultPorts.join("-")),
    )
    .option("--passive-ports-strict", "answer 425 when all passive ports are in use, do not wait")
    .option("--data <folder>", "folder of all data (default: .twin/<stack>, or .twin/state)")
    .addOption(
      new Option("--user <name:password>", "a user who can log in; repeatable")
        .argParser(addUser)
        .default([], "a generated one"),
    )
    .option(
      "--device-address <IPv4>",
      "the device's address as the VPC sees it (default: one behind the VPG)",
      address,
    )
    .option("--explain", "print the policy statements evaluated for each refusal")
    .option("--no-lockout", "do not lock users after failed logins")
    .option("--record <file>", "write the sessions to a text file for canal-ftp replay")
    .addOption(new Option("--fault <fault>", faultHelp).argParser(addFault).default([], "none"))
    .option("--idle-timeout <seconds>", "close an idle session after this time (1800)", duration)
    .option(
      "--data-timeout <seconds>",
      "close an idle data connection after this time (600)",
      duration,
    )
    .option("--passive-address <address>", "loopback address in replies to PASV (--host)", loopback)
    .option("--store <s3://bucket>", "store files in a bucket of --s3-endpoint", s3Bucket)
    .option(
      "--s3-endpoint <url>",
      "S3-compatible service; credentials are in AWS_ACCESS_KEY_ID and so on",
    )
    .option(
      "--console [port]",
      `serve the console on 127.0.0.1 (port ${defaultConsolePort}; 0 selects a free one)`,
      port,
    );
}

/**
 * The twin's options for parsed ones.
 *
 * @param data - The data folder, absolute.
 */
export function twinOptions(
  parsed: StartOptions,
  data: string,
  env: NodeJS.ProcessEnv,
): TwinOptions {
  const { user: users, fault: faults, store, s3Endpoint, console, ...options } = parsed;
  if ((store === undefined) !== (s3Endpoint === undefined)) {
    throw usageError("--store and --s3-endpoint need each other.");
  }
  return {
    ...options,
    passivePortsStrict: options.passivePortsStrict ?? false,
    json: options.json ?? false,
    users,
    faults,
    data,
    s3: store === undefined ? undefined : endpoint(store, s3Endpoint!, env),
    console: console === true ? defaultConsolePort : console,
  };
}

function ports(text: string): readonly [number, number] {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (!(from >= 1 && to >= from && to <= 65535 && to - from < 9)) {
    throw new InvalidArgumentError("A range of 1 to 9 ports, such as 8192-8200.");
  }
  return [from, to];
}

function loopback(text: string): string {
  // Plain FTP with generated users does not belong on a network.
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

function addUser(text: string, users: readonly TwinUser[]): TwinUser[] {
  const colon = text.indexOf(":");
  if (colon < 1 || colon === text.length - 1) {
    throw new InvalidArgumentError("NAME:PASSWORD, for example camera01:k3Jd82hsQp0xYtz.");
  }
  return [...users, { name: text.slice(0, colon), password: text.slice(colon + 1) }];
}

const faultHelp = `injects a fault: KIND always, KIND:RATE at a rate, KIND@N at the N-th opportunity; repeatable; ${Object.keys(faultKinds).join(", ")}`;

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

function endpoint(bucket: string, url: string, env: NodeJS.ProcessEnv): S3Endpoint {
  return {
    bucket,
    endpoint: url,
    region: env.AWS_REGION ?? "us-east-1",
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: env.AWS_SESSION_TOKEN,
  };
}
