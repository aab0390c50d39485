import * as pulumi from "@pulumi/pulumi";

import { checkConfig, SoracomKey, Team } from "./check";

/** The configuration of this project. */
export interface DeploymentsConfig {
  readonly team: Team;
  /** By stack; undefined for a stack without SORACOM. */
  readonly keys: Readonly<Record<string, pulumi.Output<SoracomKey> | undefined>>;
  /** Undefined: no messages. */
  readonly slackWebhookUrl?: pulumi.Output<string>;
}

/**
 * Reads the configuration of the selected stack. Keys and the webhook's address are returned as secrets, even if they
 * were set in plain text.
 *
 * @throws pulumi.RunError that lists every mistake, before any resource is created.
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
