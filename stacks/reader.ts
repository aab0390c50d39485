import type { Mistakes } from "./mistakes";
import { nearest } from "./nearest";

/**
 * Reads typed values out of the texts Pulumi hands a program. A value that is not allowed is noted as a mistake
 * and stands for itself by a harmless value of its type, so that reading goes on to the next.
 */
export class Reader {
  constructor(
    private readonly values: Readonly<Record<string, string>>,
    private readonly keys: readonly string[],
    private readonly mistakes: Mistakes,
  ) {}

  /** Notes every key that the program does not know: a typing slip would otherwise be a silent default. */
  refuseUnknownKeys(): void {
    for (const key of Object.keys(this.values)) {
      if (this.keys.includes(key)) continue;
      if (/port/i.test(key)) {
        this.note(key, undefined, "no such key: AWS fixes the ports at 21 and 8192-8200");
        continue;
      }
      const meant = nearest(key, this.keys);
      const hint = meant ? `did you mean canal-ftp:${meant}?` : `keys are ${this.keys.join(", ")}`;
      this.note(key, undefined, `no such key; ${hint}`);
    }
  }

  text(key: string): string {
    return this.values[key] ?? "";
  }

  /** Undefined when the value is empty. */
  optional(key: string, pattern: RegExp, allowed: string): string | undefined {
    const value = this.text(key);
    if (value === "") return undefined;
    if (!pattern.test(value)) this.note(key, value, allowed);
    return value;
  }

  choice<T extends string>(key: string, choices: readonly T[], otherwise?: T): T {
    const value = this.text(key) || otherwise;
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) this.note(key, this.text(key), choices.join(" or "));
    return choice ?? choices[0];
  }

  flag(key: string): boolean {
    return this.choice(key, ["true", "false"] as const) === "true";
  }

  wholeNumber(key: string, least: number, most: number): number {
    const value = this.number(key);
    if (!Number.isInteger(value) || value < least || value > most) {
      this.note(key, this.text(key), `a whole number from ${least} to ${most}`);
    }
    return value;
  }

  oneOf(key: string, numbers: readonly number[]): number {
    const value = this.number(key);
    if (!numbers.includes(value)) this.note(key, this.text(key), numbers.join(", "));
    return value;
  }

  /** A list of texts, each of which has to match. */
  list(key: string, pattern: RegExp, allowed: string): string[] {
    const items = this.array(key);
    for (const item of items) {
      if (typeof item !== "string" || !pattern.test(item)) this.note(key, item, allowed);
    }
    const texts = items.filter((item) => typeof item === "string");
    const repeated = texts.find((item, index) => texts.indexOf(item) !== index);
    if (repeated !== undefined) this.note(key, repeated, "each only once");
    return texts;
  }

  array(key: string): unknown[] {
    const value = this.json(key, "[]");
    if (Array.isArray(value)) return value;
    this.note(key, this.text(key), "a list");
    return [];
  }

  object(key: string): Record<string, unknown> {
    const value = this.json(key, "{}");
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
    this.note(key, this.text(key), "an object");
    return {};
  }

  private number(key: string): number {
    const value = this.text(key);
    return /^-?\d+$/.test(value) ? Number(value) : NaN;
  }

  private json(key: string, otherwise: string): unknown {
    try {
      return JSON.parse(this.text(key) || otherwise);
    } catch {
      return undefined;
    }
  }

  private note(key: string, given: unknown, allowed: string): void {
    this.mistakes.add(`canal-ftp:${key}`, given, allowed);
  }
}
