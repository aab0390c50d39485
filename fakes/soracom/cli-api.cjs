"use strict";

/** The part of the stand-in CLI that logs in, calls and retries. */

const childProcess = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");

const VERSION = "1.7.0";
const RETRY_WAITS_S = [10, 10, 20, 30, 50];
const HTTP_TIMEOUT_S = 120;

/** A message that the real CLI prints after "Error: "; `usage` when it adds its usage. */
class CliError extends Error {
  constructor(message, usage = false) {
    super(message);
    this.usage = usage;
  }
}

class Api {
  constructor(flags, io) {
    this.flags = flags;
    this.io = io;
    this.time = Number(io.env.SORACOM_STAND_IN_TIME ?? 1);
    this.endpoint = io.env.SORACOM_ENDPOINT ?? "";
    this.headers = {};
    if (!/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(this.endpoint)) {
      throw new CliError("the stand-in needs SORACOM_ENDPOINT to be http on this machine");
    }
  }

  async logIn() {
    const { flags } = this;
    if (flags["api-key"] || flags["api-token"]) {
      if (!flags["api-key"] || !flags["api-token"]) {
        throw new CliError("both --api-key and --api-token must be specified");
      }
      this.authorise(flags["api-key"], flags["api-token"]);
      return;
    }
    const profile = this.profile();
    const request = {};
    for (const key of ["authKey", "authKeyId", "email", "operatorId", "password", "userName"]) {
      const value = profile[key === "userName" ? "username" : key];
      if (value !== undefined) request[key] = value;
    }
    const answer = JSON.parse(
      await this.call("POST", "/auth", new URLSearchParams(), JSON.stringify(request), false),
    );
    this.latest = undefined;
    this.authorise(answer.apiKey, answer.token);
  }

  authorise(key, token) {
    this.headers = { "X-Soracom-API-Key": key, "X-Soracom-Token": token };
  }

  profile() {
    const { flags, io } = this;
    if (flags["auth-key-id"] || flags["auth-key"]) {
      if (!flags["auth-key-id"] || !flags["auth-key"]) {
        throw new CliError("both --auth-key-id and --auth-key must be specified");
      }
      return { authKeyId: flags["auth-key-id"], authKey: flags["auth-key"] };
    }
    if (flags["profile-command"]) return JSON.parse(io.exec(flags["profile-command"], io.env));
    const folder = io.env.SORACOM_PROFILE_DIR || path.join(os.homedir(), ".soracom");
    const file = path.join(folder, `${flags.profile || "default"}.json`);
    let mode;
    try {
      ({ mode } = fs.statSync(file));
    } catch {
      throw new CliError(`stat ${file}: no such file or directory`);
    }
    if (mode & 0o077)
      throw new CliError(
        `Permissions for the file '${file}' which contains your credentials are too open.`,
      );
    const profile = JSON.parse(fs.readFileSync(file, "utf8"));
    return profile.profileCommand ? JSON.parse(io.exec(profile.profileCommand, io.env)) : profile;
  }

  /** Returns the body of a successful answer. Throws the body of an error answer. */
  async call(method, url, query, body, once) {
    for (const wait of once ? [0] : RETRY_WAITS_S) {
      let answer;
      try {
        answer = await this.send(method, url, query, body);
      } catch (error) {
        const verb = method[0] + method.slice(1).toLowerCase();
        if (once) throw new CliError(`${verb} "${this.endpoint}/v1${url}?": ${error.message}`);
      }
      if (answer && (once || (answer.status < 500 && answer.status !== 429))) {
        if (answer.status >= 400) throw new CliError(answer.body);
        this.latest = answer.headers["x-soracom-cli-version"];
        this.nextKey = answer.headers["x-soracom-next-key"];
        return answer.body;
      }
      await new Promise((resolve) => setTimeout(resolve, wait * 1000 * this.time));
    }
    throw new CliError("unable to receive successful response with some retires");
  }

  async restOfPages(method, url, query, first) {
    let all = first;
    while (this.nextKey) {
      query.set("last_evaluated_key", this.nextKey);
      const page = await this.call(method, url, query, "", this.flags["no-retry-on-error"]);
      all = JSON.stringify([...JSON.parse(all), ...JSON.parse(page)]);
    }
    return all;
  }

  notice() {
    if (!this.latest || this.latest === VERSION) return;
    this.io.err(
      `The latest version ${this.latest} is released which is newer than current version v${VERSION}.\n`,
    );
  }

  send(method, url, query, body) {
    const headers = {
      ...this.headers,
      "Content-Type": "application/json",
      "User-Agent": `soracom-cli/${VERSION}`,
      "X-Soracom-Lang": "en",
    };
    // The real CLI always writes the question mark.
    const target = `${this.endpoint}/v1${url}?${query}`;
    if (this.io.env.SORACOM_VERBOSE) this.io.err(`${method} ${target}\n\n${body}\n`);
    return new Promise((resolve, reject) => {
      const request = http.request(
        target,
        { method, headers, agent: this.io.agent },
        (response) => {
          const chunks = [];
          response.on("data", (chunk) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            resolve({ status: response.statusCode, headers: response.headers, body: text });
          });
        },
      );
      request.setTimeout(HTTP_TIMEOUT_S * 1000 * this.time, () =>
        request.destroy(new Error("context deadline exceeded (Client.Timeout exceeded)")),
      );
      request.on("error", reject);
      request.end(body);
    });
  }
}

/** Splits like shell words and runs without a shell. */
function execProfileCommand(command, env) {
  const words = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3],
  );
  const done = childProcess.spawnSync(words[0], words.slice(1), { env, encoding: "utf8" });
  if (done.error) {
    throw new CliError(`exec: "${words[0]}": executable file not found in $PATH`);
  }
  if (done.status !== 0) throw new CliError(`exit status ${done.status}`);
  return done.stdout;
}

module.exports = { Api, CliError, VERSION, execProfileCommand };
