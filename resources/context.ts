import { createHash } from "node:crypto";

import type { ProviderState } from "../lib/stack/providers";
import type { Resource } from "../lib/stack/resource";

/** The account, region and resources that a provider's results depend on. */
export class ProviderContext {
  readonly accountId: string;
  readonly region: string;
  readonly partition = "aws";

  readonly deviceAddress: string;

  constructor(private readonly state: ProviderState) {
    const { config, deviceAddress = "100.64.0.10" } = state;
    const accounts = JSON.parse(config["aws:allowedAccountIds"] ?? "[]") as string[];
    // The account of AWS's own examples when the stack names none.
    this.accountId = accounts[0] ?? "123456789012";
    this.region = config["aws:region"] ?? "";
    this.deviceAddress = deviceAddress;
  }

  /** The stack's configuration; empty for a provider without access to it. */
  get config(): Readonly<Record<string, string>> {
    return this.state.config;
  }

  /** The resources that exist so far. Only few results read them: an account may have to read files for them. */
  get resources(): readonly Resource[] {
    return this.state.resources();
  }

  /** Tags that the provider adds to every resource. */
  get defaultTags(): Record<string, string> {
    const { tags } = JSON.parse(this.state.config["aws:defaultTags"] ?? "{}") as {
      tags?: Record<string, string>;
    };
    return tags ?? {};
  }

  arn(
    service: string,
    resource: string,
    { region = this.region, account = this.accountId } = {},
  ): string {
    return `arn:${this.partition}:${service}:${region}:${account}:${resource}`;
  }
}

/** Hexadecimal digits that depend on the seed only, so that generated ids stay the same in every evaluation. */
export function hex(seed: string, digits: number): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, digits);
}

/** A UUID that depends on the seed only. */
export function uuid(seed: string): string {
  return hex(seed, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * The name Pulumi generates for a resource without one: the logical name and seven digits. For `name#2`, the second
 * resource of a name, only the digits differ.
 */
export function physicalName(given: unknown, name: string): string {
  if (typeof given === "string" && given !== "") return given;
  return `${name.replace(/#\d+$/, "")}-${hex(name, 7)}`;
}
