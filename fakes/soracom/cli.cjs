"use strict";

/**
 * A stand-in for the SORACOM CLI, for machines without it: the few commands used here, with the behaviour of the real
 * one that a caller must handle. Exit code 0, or 255 for every failure; help and exit code 0 for an unknown
 * subcommand; a log-in before every command; retries on 429, 5xx and no answer at 0, 10, 20, 40 and 70 s; the update
 * notice on stderr of a successful run; SORACOM_VERBOSE prints the key. Plain JavaScript, because tests start it
 * hundreds of times.
 *
 * Environment, in addition to the real CLI's: SORACOM_STAND_IN_TIME, a factor on every wait and time-out
 * (default 1). SORACOM_ENDPOINT is required and must be on this machine: it never calls SORACOM.
 */

const fs = require("node:fs");
const { Api, CliError, VERSION, execProfileCommand } = require("./cli-api.cjs");
const { COMMANDS } = require("./cli-commands.cjs");

const GLOBAL_BOOLS = ["raw-output", "no-retry-on-error"];
const GLOBAL_TEXTS = [
  ...["profile", "coverage-type", "api-key", "api-token", "auth-key-id", "auth-key"],
  "profile-command",
];

/**
 * Runs one command. `io`: env, out(text), err(text), and exec(args, env) for the profile command, which
 * callers in the same process can replace. Resolves to the exit code.
 */
async function run(argv, io) {
  const [group, word] = argv;
  try {
    if (group === "version") {
      io.out(`SORACOM API client v${VERSION}\n`);
      return 0;
    }
    if (group === undefined || group === "--help" || group === "help") return help(io, COMMANDS);
    const commands = Object.hasOwn(COMMANDS, group) ? COMMANDS[group] : undefined;
    if (!commands) throw new CliError(`unknown command "${group}" for "soracom"`);
    if (word === undefined || !Object.hasOwn(commands, word)) return help(io, commands, group);
    await execute(commands[word], argv.slice(2), io);
    return 0;
  } catch (error) {
    io.err(`Error: ${error.message}\n`);
    if (error.usage) io.err(`Usage:\n  soracom ${group} ${word} [flags]\n`);
    return 255;
  }
}

function help(io, commands, group) {
  io.out(`Usage:\n  soracom ${group ? `${group} ` : ""}[command]\n\nAvailable Commands:\n`);
  for (const name of Object.keys(commands)) io.out(`  ${name}\n`);
  return 0;
}

async function execute(command, argv, io) {
  const [method, template] = command.request.split(" ");
  const inPath = [...template.matchAll(/\{([\w-]+)\}/g)].map((match) => match[1]);
  const flags = parseFlags(argv, {
    texts: [
      ...GLOBAL_TEXTS,
      ...inPath,
      ...(command.query ?? []),
      ...Object.keys(command.flags ?? {}).filter((name) => command.flags[name] !== "bool"),
      ...(command.fetchAll ? ["limit", "last-evaluated-key"] : []),
      ...(command.body ? ["body"] : []),
    ],
    bools: [
      ...GLOBAL_BOOLS,
      ...Object.keys(command.flags ?? {}).filter((name) => command.flags[name] === "bool"),
      ...(command.fetchAll ? ["fetch-all", "jsonl"] : []),
    ],
  });
  const api = new Api(flags, io);
  await api.logIn();
  for (const name of inPath) {
    if (!flags[name]) throw new CliError(`required parameter '${name}' is not specified`, true);
  }
  const url = template.replace(/\{([\w-]+)\}/g, (_, name) => encodeURIComponent(flags[name]));
  const query = new URLSearchParams();
  for (const name of [...(command.query ?? []), "limit", "last-evaluated-key"]) {
    if (flags[name]) query.set(name.replaceAll("-", "_"), flags[name]);
  }
  const body = command.body ? buildBody(command, flags) : "";
  let text = await api.call(method, url, query, body, flags["no-retry-on-error"]);
  if (flags["fetch-all"]) text = await api.restOfPages(method, url, query, text);
  api.notice();
  if (text !== "") io.out(flags["raw-output"] ? text : pretty(text));
}

/** As pflag reads them: `--name value`, `--name=value`, and bools without a value. */
function parseFlags(argv, known) {
  const flags = {};
  for (let index = 0; index < argv.length; index++) {
    const match = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(argv[index]);
    if (!match) throw new CliError(`unexpected arguments passed => [${argv[index]}]`, true);
    const [, name, value] = match;
    if (known.bools.includes(name)) flags[name] = value === undefined || value === "true";
    else if (!known.texts.includes(name)) throw new CliError(`unknown flag: --${name}`, true);
    else if (value !== undefined) flags[name] = value;
    else if (index + 1 < argv.length) flags[name] = argv[++index];
    else throw new CliError(`flag needs an argument: --${name}`, true);
  }
  return flags;
}

/** Flags are merged over an object body; an array body passes as it is. */
function buildBody(command, flags) {
  const given = flags.body === undefined ? undefined : readBody(flags.body);
  if (command.body === "raw") return given ?? "";
  const body = given === undefined ? {} : JSON.parse(given);
  for (const [name, type] of Object.entries(command.flags ?? {})) {
    const value = flags[name];
    if (value === undefined || value === command.omitted?.[name]) continue;
    body[camel(name)] = type === "int" ? Number(value) : value;
  }
  for (const name of command.required ?? []) {
    if (body[camel(name)] === undefined) {
      throw new CliError(
        `required parameter '${name}' in body (or command line option '${name}') is not specified`,
        true,
      );
    }
  }
  return JSON.stringify(sorted(body));
}

function readBody(body) {
  if (body === "-") return fs.readFileSync(0, "utf8");
  return body.startsWith("@") ? fs.readFileSync(body.slice(1), "utf8") : body;
}

function camel(name) {
  return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

function pretty(text) {
  return `${JSON.stringify(sorted(JSON.parse(text)), null, "\t")}\n`;
}

/** The process: used by bin/soracom. */
async function main() {
  process.exitCode = await run(process.argv.slice(2), {
    env: process.env,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    exec: execProfileCommand,
  });
}

module.exports = { run, main, execProfileCommand };
