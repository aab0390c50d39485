import * as pulumi from "@pulumi/pulumi";

import { checkConfig, SoracomKey, Team } from "./check";

/** What this project is configured with. */
export interface DeploymentsConfig {
  readonly team: Team;
  /** By stack; undefined for a stack that uses no SORACOM. */
  readonly keys: Readonly<Record<string, pulumi.Output<SoracomKey> | undefined>>;
  /** Undefined for no messages. */
  readonly slackWebhookUrl?: pulumi.Output<string>;
}

/**
 * Reads the configuration of the stack at hand. Keys and the webhook's address come back as secrets, whatever
 * they were set as.
 *
 * @throws pulumi.RunError that lists every mistake, before any resource is made
 */
export function readConfig(): DeploymentsConfig {
  const namespace = `${pulumi.getProject()}:`;
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    if (key.startsWith(namespace)) values[key.slice(namespace.length)] = value;
  }
  const checked = checkConfig(values);
  if ("mistakes" in checked) {
    const count =
      checked.mistakes.length === 1 ? "1 mistake" : `${checked.mistakes.length} mistakes`;
    throw new pulumi.RunError(
      [
        `The configuration has ${count}; nothing was created:`,
        ...checked.mistakes.map((line) => `  ${namespace}${line}`),
      ].join("\n"),
    );
  }
  const { team, keys, slackWebhookUrl } = checked;
  return {
    team,
    keys: Object.fromEntries(
      Object.entries(keys).map(([stack, key]) => [stack, pulumi.secret(key)]),
    ),
    slackWebhookUrl: slackWebhookUrl === "" ? undefined : pulumi.secret(slackWebhookUrl),
  };
}
