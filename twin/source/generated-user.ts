import * as fs from "node:fs";
import * as path from "node:path";

import { devicePassword } from "../../lib/device-credentials";
import type { TwinUser } from "../options";

/**
 * The user of a twin that has no other: the one that `keepUser` has saved, or a new one.
 *
 * @param data - Folder of the twin's data.
 * @param length - Characters of the password at least: a shorter one of an earlier start is replaced.
 */
export function generatedUser(data: string, length?: number): TwinUser {
  const known = read(fileIn(data));
  if (known !== undefined && known.password.length >= (length ?? 1)) return known;
  return { name: "myuser", password: devicePassword(length) };
}

/**
 * Saves a generated user in a file that only its owner can read, so that a device that has the password can log in
 * after the next start.
 */
export function saveUser(data: string, user: TwinUser): void {
  const file = fileIn(data);
  if (read(file)?.password === user.password) return;
  fs.mkdirSync(data, { recursive: true });
  fs.rmSync(file, { force: true });
  fs.writeFileSync(file, `${JSON.stringify(user)}\n`, { mode: 0o600 });
}

const fileIn = (data: string) => path.join(data, "generated-user.json");

/** The user in the file; undefined for no file, or one that another program has changed. */
function read(file: string): TwinUser | undefined {
  try {
    const { name, password } = JSON.parse(fs.readFileSync(file, "utf8")) as Partial<TwinUser>;
    const isUser = /^\w[\w@.-]{2,99}$/.test(String(name)) && /^[\w.-]+$/.test(String(password));
    return isUser ? { name: String(name), password: String(password) } : undefined;
  } catch {
    return undefined;
  }
}
