import { randomInt } from "node:crypto";

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A password that devices can take: 15 letters and digits (89 bits), which is what the smallest password field
 * found in a device's manual holds.
 */
export function devicePassword(): string {
  return Array.from({ length: 15 }, () => characters[randomInt(characters.length)]).join("");
}
