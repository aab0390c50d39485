import { createHash } from "node:crypto";

import type { Resource } from "../lib/stack/resource";

/** What one kind of resource gives back when it has been made. */
export interface Answer {
  /** Empty for a component. */
  readonly id: string;
  readonly outputs: Record<string, unknown>;
  /** What a component of another language makes by itself, and mocks would not show. */
  readonly children?: Resource[];
}

export type Answerer = (
  name: string,
  inputs: Record<string, unknown>,
  context: AnswerContext,
) => Answer;

/** The account and region the answers speak of, and what has been answered so far. */
export class AnswerContext {
  readonly accountId: string;
  readonly region: string;
  readonly partition = "aws";

  constructor(
    private readonly config: Readonly<Record<string, string>>,
    /** Asked only by the few answers that depend on others: an account may have to read files for it. */
    private readonly made: () => readonly Resource[],
    readonly deviceAddress = "100.64.0.10",
  ) {
    const accounts = JSON.parse(config["aws:allowedAccountIds"] ?? "[]") as string[];
    // AWS's own example account where the stack names none.
    this.accountId = accounts[0] ?? "123456789012";
    this.region = config["aws:region"] ?? "";
  }

  get resources(): readonly Resource[] {
    return this.made();
  }

  /** Tags the provider adds to every resource. */
  get defaultTags(): Record<string, string> {
    const { tags } = JSON.parse(this.config["aws:defaultTags"] ?? "{}") as {
      tags?: Record<string, string>;
    };
    return tags ?? {};
  }

  arn(
    service: string,
    resource: string,
    where: { region?: string; account?: string } = {},
  ): string {
    const { region = this.region, account = this.accountId } = where;
    return `arn:${this.partition}:${service}:${region}:${account}:${resource}`;
  }

  find(matches: (resource: Resource) => boolean): Resource | undefined {
    return this.resources.find(matches);
  }
}

/** Hexadecimal digits that are the same for the same name at every evaluation, as ids of real resources are. */
export function hex(seed: string, digits: number): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, digits);
}

/**
 * The physical name Pulumi gives to a resource that names none: its own and seven digits. Of `name#2`, the second
 * resource of a name, only the digits are others.
 */
export function physicalName(given: unknown, name: string): string {
  if (typeof given === "string" && given !== "") return given;
  return `${name.replace(/#\d+$/, "")}-${hex(name, 7)}`;
}
