/** User names and passwords that devices can take: the smallest fields found in devices' manuals, and no less. */
import { randomInt } from "node:crypto";

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A password of 15 letters and digits (89 bits), which is what the smallest password field holds. */
export function devicePassword(): string {
  return Array.from({ length: 15 }, () => characters[randomInt(characters.length)]).join("");
}

/** What some devices could not do with this user, a sentence each. */
export function nameWarnings(name: string): string[] {
  return /^[a-z0-9-]{3,12}$/.test(name)
    ? []
    : [`User ${name}: some devices take names of 3 to 12 of a-z, 0-9 and - only.`];
}

/** What is wrong with the password of this user: for some devices, or for anybody. */
export function passwordWarnings(name: string, password: string): string[] {
  const warnings: string[] = [];
  if (!/^[A-Za-z0-9]{1,15}$/.test(password)) {
    warnings.push(`User ${name}: some devices take passwords of 15 letters and digits at most.`);
  }
  if (password.length < 8) {
    warnings.push(`User ${name}: a password of less than 8 characters is soon guessed.`);
  }
  return warnings;
}
