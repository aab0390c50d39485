import { Command, InvalidArgumentError, Option } from "commander";

import { parseAddress } from "../net/ipv4";
import { stacksOf } from "./evaluation/stack-config";

/** A user to log in as. */
export interface TwinUser {
  readonly name: string;
  readonly password: string;
}

/** What `npm start` was asked for. */
export interface TwinOptions {
  readonly stack: string;
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
}

interface Parsed {
  stack: string;
  host: string;
  port: number;
  passivePorts: [number, number];
  passivePortsStrict: boolean;
  data?: string;
  user: TwinUser[];
  deviceAddress?: string;
  json: boolean;
}

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
    .option("--host <address>", "loopback address to listen on", loopback, "127.0.0.1")
    .option("--port <number>", "control port; 0 takes a free one", port, 2121)
    .option("--passive-ports <from-to>", "passive data ports, nine at most as in AWS", ports, [
      8192, 8200,
    ] as [number, number])
    .option("--passive-ports-strict", "answer 425 when all passive ports are lent, not wait", false)
    .option("--data <folder>", "where files are kept (default: .twin/<stack>)")
    .option("--user <name:password>", "a user who can log in; repeatable", addUser, [])
    .option(
      "--device-address <IPv4>",
      "address the VPC sees the device come from (default: one behind the VPG)",
      address,
    )
    .option("--json", "print one line of JSON when ready, the rest on stderr", false)
    .addHelpText(
      "after",
      `
Examples:
  npm start
  npm start -- --stack prod --user camera01:k3Jd82hsQp0xYtz
  npm start -- --device-address 10.1.2.3   # not from the VPG: no connection, and the log says why`,
    );
  const parsed = command.parse([...argv], { from: "user" }).opts<Parsed>();
  const { user: users, data = `.twin/${parsed.stack}`, ...rest } = parsed;
  return { ...rest, users, data };
}

function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(number >= 0 && number <= 65535)) throw new InvalidArgumentError("A port is 0 to 65535.");
  return number;
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
