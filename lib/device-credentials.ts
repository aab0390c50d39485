/** Checks and generates user names and passwords for the smallest fields found in device manuals. */
import { randomInt } from "node:crypto";

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A random password of letters and digits. Default: 15 (89 bits), the length of the smallest password field. */
export function devicePassword(length = 15): string {
  return Array.from({ length }, () => characters[randomInt(characters.length)]).join("");
}

/** A sentence for each limit of some devices that this user name exceeds. */
export function nameWarnings(name: string): string[] {
  return /^[a-z0-9-]{3,12}$/.test(name)
    ? []
    : [`User ${name}: some devices accept only names of 3 to 12 characters out of a-z, 0-9 and -.`];
}

/** A sentence for each problem of this password: a limit of some devices, or its strength. */
export function passwordWarnings(name: string, password: string): string[] {
  const warnings: string[] = [];
  if (!/^[A-Za-z0-9]{1,15}$/.test(password)) {
    warnings.push(
      `User ${name}: some devices accept only passwords of up to 15 letters and digits.`,
    );
  }
  if (password.length < 8) {
    warnings.push(`User ${name}: a password of fewer than 8 characters is easy to guess.`);
  }
  return warnings;
}
