import { readConfig } from "./config";
import { deployStack } from "./stack";
import { trustPolicy } from "./trust";

/** Registers the deployment settings of every stack. */
export function program() {
  const { team, keys, slackWebhookUrl } = readConfig();
  for (const stack of team.stacks) deployStack(team, stack, keys[stack.name], slackWebhookUrl);
  return {
    /** For the role of each stack, see docs/gitops.md. */
    trustPolicies: Object.fromEntries(
      team.stacks.map((stack) => [stack.name, trustPolicy(team.organization, stack)]),
    ),
  };
}
