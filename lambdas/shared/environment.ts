/** The function's environment is not valid. The message contains names of variables, never values. */
export class BadSettings extends Error {
  override readonly name = "BadSettings";
}

/**
 * Reads a function's environment variables and collects the names of all that are missing or not valid. A schema
 * library would add a fifth to the bundle of the identity provider, which every cold login loads
 * (docs/architecture.md).
 */
export class EnvironmentReader {
  private readonly refused = new Set<string>();

  constructor(private readonly environment: Readonly<Record<string, string | undefined>>) {}

  /** Also undefined for an empty variable. */
  optional(name: string): string | undefined {
    return this.environment[name] || undefined;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined) this.refuse(name);
    return value ?? "";
  }

  wholeNumber(name: string, standard: number, least: number, most: number): number {
    const text = this.optional(name) ?? String(standard);
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (!(value >= least && value <= most)) this.refuse(name);
    return value;
  }

  /** Notes that the variable is not valid. */
  refuse(name: string): void {
    this.refused.add(name);
  }

  /** @throws BadSettings that names every variable refused. */
  check(): void {
    if (this.refused.size === 0) return;
    throw new BadSettings(`Missing or not valid: ${[...this.refused].sort().join(", ")}`);
  }
}
