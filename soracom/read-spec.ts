import * as v from "valibot";

import { vpgRegions } from "../lib/soracom-regions";
import { DriverError } from "./errors";
import type { ClaimSpec, GroupSpec, PeeringSpec, SimsSpec, VpgSpec } from "./spec";

/** The fields of CANAL_FTP_SPEC before they are checked. */
export type Fields = Readonly<Record<string, unknown>>;

// The message of each schema states what the field must be.
const text = (form = "a text", pattern = /./) => v.pipe(v.string(form), v.regex(pattern, form));
const flag = v.boolean("true or false");
const wholeNumber = v.pipe(v.number("a whole number"), v.integer("a whole number"));
const texts = v.array(text("a list of texts"), "a list of texts");
const tags = v.pipe(
  v.custom((value) => !Array.isArray(value), "a map of texts"),
  v.record(v.string(), v.string("a map of texts"), "a map of texts"),
);
const coverage = v.picklist(["jp", "g"], '"jp" (Japan) or "g" (Global)');

/** A field that may be missing; null counts as missing, too. */
const optional = <S extends v.GenericSchema>(schema: S) =>
  v.pipe(
    v.nullish(schema),
    v.transform((value) => value ?? undefined),
  );

const claimSchema = v.object({
  coverage,
  prefix: text(),
  owner: optional(text()),
  existing: optional(
    v.array(v.picklist(["vpg", "group"], 'a list of "vpg" and "group"'), "a list"),
  ),
});

const vpgSchema = v.pipe(
  v.object({
    coverage,
    owner: text(),
    name: text(),
    region: text(),
    type: wholeNumber,
    useInternetGateway: flag,
    deviceCidr: text(),
    tags: optional(tags),
    vpgId: optional(text()),
  }),
  v.partialCheck(
    [["coverage"], ["region"]],
    (spec) => vpgRegions[spec.coverage].includes(spec.region),
    ({ input }) =>
      `coverage "${input.coverage}" has VPGs in ${vpgRegions[input.coverage].join(", ")}, not in ${input.region}: change the coverage or the region`,
  ),
);

const peeringSchema = v.object({
  coverage,
  owner: text(),
  vpgId: text(),
  peerOwnerId: text("an AWS account of 12 digits", /^\d{12}$/),
  peerRegion: text(),
  peerVpcId: text("a vpc-… id", /^vpc-\w+$/),
  destinationCidrBlock: text(),
  gone: optional(texts),
});

const groupSchema = v.object({
  coverage,
  owner: text(),
  name: text(),
  vpgId: text(),
  dnsServers: optional(texts),
  tags: optional(tags),
  groupId: optional(text()),
});

const simsSchema = v.object({ coverage, groupId: text(), simIds: texts });

/** The fields of CANAL_FTP_SPEC. Throws a DriverError when it is missing or no JSON object. */
export function fieldsOf(given: string | undefined): Fields {
  let value: unknown;
  try {
    value = JSON.parse(given ?? "");
  } catch {
    value = undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new DriverError("CANAL_FTP_SPEC must be one JSON object with the specification.");
  }
  return value as Fields;
}

/** Throws one DriverError that lists all mistakes. */
function read<S extends v.GenericSchema>(
  schema: S & { readonly entries: object },
  fields: Fields,
): v.InferOutput<S> {
  // A missing field gets the message of its own schema, as any other wrong value does.
  const missing = Object.fromEntries(Object.keys(schema.entries).map((key) => [key, undefined]));
  const result = v.safeParse(schema, { ...missing, ...fields });
  if (result.success) return result.output;
  const lines = result.issues.map(({ path, message }) => {
    if (!path) return message;
    const name = String(path[0].key);
    return `${name} must be ${message}, not ${JSON.stringify(fields[name])}`;
  });
  throw new DriverError(`CANAL_FTP_SPEC cannot be used: ${[...new Set(lines)].join("; ")}.`);
}

export const readClaimSpec = (fields: Fields): ClaimSpec => read(claimSchema, fields);

export const readVpgSpec = (fields: Fields): VpgSpec => read(vpgSchema, fields);

/** All four fields of the peer are required: the CLI itself would send the request without them. */
export const readPeeringSpec = (fields: Fields): PeeringSpec => read(peeringSchema, fields);

export const readGroupSpec = (fields: Fields): GroupSpec => read(groupSchema, fields);

/** A SIM named twice counts once. */
export function readSimsSpec(fields: Fields): SimsSpec {
  const spec = read(simsSchema, fields);
  return { ...spec, simIds: [...new Set(spec.simIds)] };
}

/**
 * The output of the command's last run (PULUMI_COMMAND_STDOUT). Undefined when there was no earlier run, and for
 * output that is not an object with the text fields `wanted`: it is only a hint, and SORACOM's own state decides.
 */
export function readPrevious<T>(
  printed: string | undefined,
  wanted: readonly (keyof T & string)[],
): Partial<T> | undefined {
  try {
    const value: unknown = JSON.parse(printed ?? "");
    if (typeof value !== "object" || value === null) return undefined;
    const record = value as Record<string, unknown>;
    return wanted.every((name) => typeof record[name] === "string")
      ? (value as Partial<T>)
      : undefined;
  } catch {
    return undefined;
  }
}
