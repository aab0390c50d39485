import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { keyFrom } from "./credentials";
import { DriverError } from "./errors";

/** A log-in to SORACOM's API: the body of `auth`, and the user for a following `switchUser`. */
export interface LogIn {
  readonly body: Readonly<Record<string, string>>;
  readonly switchTo?: { readonly operatorId: string; readonly userName: string };
}

/**
 * A profile of the soracom CLI
 * (https://github.com/soracom/soracom-cli/blob/master/generators/cmd/predefined/profiles.go).
 */
interface Profile {
  readonly authKeyId?: string;
  readonly authKey?: string;
  readonly email?: string;
  readonly password?: string;
  readonly operatorId?: string;
  readonly username?: string;
  readonly mfaOTPCode?: string;
  readonly profileCommand?: string;
  readonly sourceProfile?: string;
}

/**
 * The log-in with the credentials of the environment, the same that the CLI is given: a key, else a profile.
 * Throws a DriverError when there are none.
 */
export function logInFrom(env: NodeJS.ProcessEnv): LogIn {
  const credentials = keyFrom(env);
  if ("key" in credentials) {
    return { body: { authKeyId: credentials.keyId, authKey: credentials.key } };
  }
  const profile = readProfile(credentials.profile, env);
  if (!profile.sourceProfile) return { body: bodyOf(profile) };
  const { operatorId, username } = profile;
  if (!operatorId || !username) {
    throw new DriverError(
      `SORACOM profile ${credentials.profile} has a sourceProfile and needs operatorId and username with it.`,
    );
  }
  const source = readProfile(profile.sourceProfile, env);
  return { body: bodyOf(source), switchTo: { operatorId, userName: username } };
}

function bodyOf(profile: Profile): LogIn["body"] {
  const { authKeyId, authKey, email, password, operatorId, username, mfaOTPCode } = profile;
  const all = { authKeyId, authKey, email, password, operatorId, userName: username, mfaOTPCode };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function readProfile(name: string, env: NodeJS.ProcessEnv): Profile {
  const folder = env.SORACOM_PROFILE_DIR || path.join(os.homedir(), ".soracom");
  const file = path.join(folder, `${path.basename(name)}.json`);
  const profile = parse(file, () => {
    // As in the CLI: a key file that other users can read is not used.
    if (process.platform !== "win32" && fs.statSync(file).mode & 0o077) {
      throw new Error("others can read it; run chmod 600 on it");
    }
    return fs.readFileSync(file, "utf8");
  });
  const { profileCommand } = profile;
  if (!profileCommand) return profile;
  return parse(`the command of SORACOM profile ${name}`, () => {
    const [command, ...args] = shellWords(profileCommand);
    return execFileSync(command, args, {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  });
}

function parse(what: string, read: () => string): Profile {
  try {
    return JSON.parse(read()) as Profile;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // The parser's message quotes the text, which can contain a key.
    const reason = error instanceof SyntaxError ? "it is not JSON" : (code ?? message);
    throw new DriverError(
      `The SORACOM profile cannot be read from ${what}: ${reason}. Make one with \`soracom configure\`, or set SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY.`,
    );
  }
}

/** As the CLI, which runs the command without a shell. */
function shellWords(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain,
  );
}
