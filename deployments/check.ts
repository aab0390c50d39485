import { checkStack, isObject, StackSettings } from "./check-stack";

/** The settings that all stacks share, and the stacks. */
export interface Team {
  readonly organization: string;
  /** owner/name on GitHub. */
  readonly repository: string;
  readonly soracomVersion: string;
  /** In hexadecimal digits. */
  readonly soracomSha256: string;
  readonly stacks: readonly StackSettings[];
}

/** A key of a SAM user of SORACOM. */
export interface SoracomKey {
  readonly authKeyId: string;
  readonly authKey: string;
}

export interface Checked {
  readonly team: Team;
  readonly keys: Readonly<Record<string, SoracomKey>>;
  readonly slackWebhookUrl: string;
}

/** Patterns of single values, each with its description for messages. */
const texts = {
  organization: [/^[a-z0-9][a-z0-9_-]*$/, "the organization's name in lower case"],
  repository: [/^[\w.-]+\/[\w.-]+$/, "owner/name of the repository on GitHub"],
  soracomVersion: [/^\d+\.\d+\.\d+$/, "a version such as 1.7.0"],
  soracomSha256: [
    /^[0-9a-f]{64}$/,
    "64 hexadecimal digits in lower case; docs/gitops.md describes how to get them",
  ],
} as const;

const known = [...Object.keys(texts), "stacks", "slackWebhookUrl", "soracomKeys"];

/**
 * The whole configuration, or every mistake in it, one line each. No mistake shows a part of a secret.
 *
 * @param values - By key without the project's name, objects as JSON, as Pulumi passes them.
 */
export function checkConfig(
  values: Readonly<Record<string, string>>,
): Checked | { mistakes: string[] } {
  const mistakes: string[] = [];
  for (const key of Object.keys(values).filter((key) => !known.includes(key))) {
    mistakes.push(`${key}: no such key; keys are ${known.join(", ")}`);
  }
  for (const [key, [pattern, allowed]] of Object.entries(texts)) {
    const value = values[key] ?? (key === "soracomVersion" ? "1.7.0" : "");
    if (!pattern.test(value))
      mistakes.push(`${key}: ${JSON.stringify(value)} given; allowed: ${allowed}`);
  }

  const given = object(values.stacks, "stacks", mistakes);
  if (Object.keys(given).length === 0 && mistakes.every((line) => !line.startsWith("stacks:"))) {
    mistakes.push("stacks: none given; allowed: at least one stack, by its name");
  }
  const stacks = Object.entries(given).map(([name, value]) => checkStack(name, value, mistakes));
  checkBranches(stacks, mistakes);

  const keys = object(values.soracomKeys, "soracomKeys", mistakes);
  for (const [stack, key] of Object.entries(keys)) checkKey(stack, key, given, mistakes);
  const slackWebhookUrl = values.slackWebhookUrl ?? "";
  if (slackWebhookUrl !== "" && !slackWebhookUrl.startsWith("https://hooks.slack.com/")) {
    mistakes.push("slackWebhookUrl: allowed: an address that starts with https://hooks.slack.com/");
  }

  if (mistakes.length > 0) return { mistakes };
  return {
    team: {
      organization: values.organization,
      repository: values.repository,
      soracomVersion: values.soracomVersion ?? "1.7.0",
      soracomSha256: values.soracomSha256,
      stacks,
    },
    keys: keys as Record<string, SoracomKey>,
    slackWebhookUrl,
  };
}

/** A branch for prod and another stack would give prod only the protection of the other one. */
function checkBranches(stacks: readonly StackSettings[], mistakes: string[]): void {
  for (const prod of stacks.filter(({ base }) => base === "prod")) {
    const other = stacks.find(({ name, branch }) => name !== prod.name && branch === prod.branch);
    if (other && prod.branch !== "") {
      mistakes.push(
        `stacks.${prod.name}.branch: ${JSON.stringify(prod.branch)} given, which deploys ${other.name} as well; allowed: a protected branch of its own`,
      );
    }
  }
}

function checkKey(
  stack: string,
  key: unknown,
  stacks: Record<string, unknown>,
  mistakes: string[],
): void {
  if (!(stack in stacks)) {
    mistakes.push(
      `soracomKeys.${stack}: no such stack; stacks are ${Object.keys(stacks).join(", ")}`,
    );
  }
  const { authKeyId, authKey, ...rest } = isObject(key) ? key : {};
  const right =
    /^keyId-[A-Za-z0-9]+$/.test(String(authKeyId)) &&
    /^secret-[A-Za-z0-9]+$/.test(String(authKey)) &&
    Object.keys(rest).length === 0;
  if (!right) {
    mistakes.push(`soracomKeys.${stack}: allowed: authKeyId (keyId-…) and authKey (secret-…)`);
  }
}

function object(
  text: string | undefined,
  key: string,
  mistakes: string[],
): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text || "{}");
    if (isObject(value)) return value;
  } catch {
    // Reported below, as any other value that is not an object.
  }
  mistakes.push(`${key}: allowed: an object, with a stack's name for each of its keys`);
  return {};
}
