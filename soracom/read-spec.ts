import { DriverError } from "./errors";
import { Coverage, GroupSpec, PeeringSpec, SimsSpec, VpgSpec } from "./spec";

/** Where each coverage places VPGs. */
const vpgRegions: Readonly<Record<Coverage, readonly string[]>> = {
  jp: ["ap-northeast-1"],
  g: ["eu-central-1", "us-west-2", "ap-southeast-2", "ap-northeast-1"],
};

/** Reads fields of one JSON object and gathers everything wrong with them. */
class Fields {
  readonly wrong: string[] = [];

  constructor(private readonly record: Readonly<Record<string, unknown>>) {}

  has(name: string): boolean {
    return this.record[name] !== undefined && this.record[name] !== null;
  }

  text(name: string, pattern = /./, form = "a text"): string {
    return this.check(name, form, (value) => typeof value === "string" && pattern.test(value));
  }

  flag(name: string): boolean {
    return this.check(name, "true or false", (value) => typeof value === "boolean");
  }

  wholeNumber(name: string): number {
    return this.check(name, "a whole number", Number.isInteger);
  }

  optionalSeconds(name: string): number | undefined {
    if (!this.has(name)) return undefined;
    return this.check(
      name,
      "a number of seconds",
      (value) => typeof value === "number" && value > 0,
    );
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  texts(name: string): string[] {
    return this.check(
      name,
      "a list of texts",
      (value) => Array.isArray(value) && value.every((item) => typeof item === "string" && item),
    );
  }

  optionalTexts(name: string): string[] | undefined {
    return this.has(name) ? this.texts(name) : undefined;
  }

  tags(name: string): Record<string, string> | undefined {
    if (!this.has(name)) return undefined;
    return this.check(
      name,
      "a map of texts",
      (value) =>
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every((item) => typeof item === "string"),
    );
  }

  coverage(): Coverage {
    return this.check(
      "coverage",
      '"jp" (Japan) or "g" (Global)',
      (value) => value === "jp" || value === "g",
    );
  }

  /** Throws one DriverError for all that is wrong, else returns what was read. */
  done<T>(read: T): T {
    if (this.wrong.length === 0) return read;
    throw new DriverError(`CANAL_FTP_SPEC cannot be used: ${this.wrong.join("; ")}.`);
  }

  private check<T>(name: string, form: string, fits: (value: unknown) => boolean): T {
    const value = this.record[name];
    if (!fits(value)) this.wrong.push(`${name} must be ${form}, not ${JSON.stringify(value)}`);
    return value as T;
  }
}

/** The fields of CANAL_FTP_SPEC. Throws a DriverError when it is missing or no JSON object. */
export function fieldsOf(text: string | undefined): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    value = undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DriverError("CANAL_FTP_SPEC must hold one JSON object that says what is wanted.");
  }
  return new Fields(value as Record<string, unknown>);
}

/** A VpgSpec. Throws a DriverError that lists everything wrong, the region outside the coverage included. */
export function readVpgSpec(fields: Fields): VpgSpec {
  const spec: VpgSpec = {
    coverage: fields.coverage(),
    owner: fields.text("owner"),
    name: fields.text("name"),
    region: fields.text("region"),
    type: fields.wholeNumber("type"),
    useInternetGateway: fields.flag("useInternetGateway"),
    deviceCidr: fields.text("deviceCidr"),
    tags: fields.tags("tags"),
    vpgId: fields.optionalText("vpgId"),
    timeoutSeconds: fields.optionalSeconds("timeoutSeconds"),
  };
  const regions: readonly string[] | undefined = vpgRegions[spec.coverage];
  if (regions && !regions.includes(spec.region)) {
    fields.wrong.push(
      `coverage "${spec.coverage}" has VPGs in ${regions.join(", ")}, not in ${spec.region}: change the coverage or the region`,
    );
  }
  return fields.done(spec);
}

/** A PeeringSpec. All four peer fields are wanted: the CLI itself would send the request without them. */
export function readPeeringSpec(fields: Fields): PeeringSpec {
  return fields.done({
    coverage: fields.coverage(),
    vpgId: fields.text("vpgId"),
    peerOwnerId: fields.text("peerOwnerId", /^\d{12}$/, "an AWS account of 12 digits"),
    peerRegion: fields.text("peerRegion"),
    peerVpcId: fields.text("peerVpcId", /^vpc-\w+$/, "a vpc-… id"),
    destinationCidrBlock: fields.text("destinationCidrBlock"),
    gone: fields.optionalTexts("gone"),
    timeoutSeconds: fields.optionalSeconds("timeoutSeconds"),
  });
}

/** A GroupSpec. */
export function readGroupSpec(fields: Fields): GroupSpec {
  return fields.done({
    coverage: fields.coverage(),
    owner: fields.text("owner"),
    name: fields.text("name"),
    vpgId: fields.text("vpgId"),
    dnsServers: fields.optionalTexts("dnsServers"),
    tags: fields.tags("tags"),
    timeoutSeconds: fields.optionalSeconds("timeoutSeconds"),
  });
}

/** A SimsSpec; a SIM named twice counts once. */
export function readSimsSpec(fields: Fields): SimsSpec {
  const spec: SimsSpec = {
    coverage: fields.coverage(),
    groupId: fields.text("groupId"),
    simIds: fields.texts("simIds"),
  };
  fields.done(spec);
  return { ...spec, simIds: [...new Set(spec.simIds)] };
}

/**
 * What the command printed last time (PULUMI_COMMAND_STDOUT). Undefined when there was no last time.
 * Anything but an object with the text fields `wanted` also counts as none: it is a hint only, and
 * SORACOM's own state decides.
 */
export function readPrevious<T>(
  text: string | undefined,
  wanted: readonly (keyof T & string)[],
): Partial<T> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    if (typeof value !== "object" || value === null) return undefined;
    const record = value as Record<string, unknown>;
    return wanted.every((name) => typeof record[name] === "string")
      ? (value as Partial<T>)
      : undefined;
  } catch {
    return undefined;
  }
}
