import { readConfig } from "./config";
import { deployStack } from "./stack";
import { trustPolicy } from "./trust";

const { team, keys, slackWebhookUrl } = readConfig();
for (const stack of team.stacks) deployStack(team, stack, keys[stack.name], slackWebhookUrl);

/** For the role of each stack, see docs/gitops.md. */
export const trustPolicies = Object.fromEntries(
  team.stacks.map((stack) => [stack.name, trustPolicy(team.organization, stack)]),
);
