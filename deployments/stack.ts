import * as pulumi from "@pulumi/pulumi";
import * as cloud from "@pulumi/pulumiservice";

import type { SoracomKey, Team } from "./check";
import type { StackSettings } from "./check-stack";
import { keysEnvironment, loginEnvironment } from "./environments";
import { projectName } from "./project";
import { schedule } from "./schedules";
import { deploymentSettings } from "./settings";
import { awsEnvironment } from "./trust";

/** The resources of Pulumi Cloud that deploy one stack. */
export function deployStack(
  team: Team,
  stack: StackSettings,
  key: pulumi.Output<SoracomKey> | undefined,
  slackWebhookUrl: pulumi.Output<string> | undefined,
): void {
  const { organization } = team;
  const environment = (name: string, yaml: pulumi.Input<string>) =>
    new cloud.Environment(name, {
      organization,
      project: projectName,
      name,
      yaml: pulumi.output(yaml).apply((text) => new pulumi.asset.StringAsset(text)),
    });

  const settings = new cloud.DeploymentSettings(stack.name, deploymentSettings(team, stack));
  if (key) environment(stack.name, key.apply(keysEnvironment));
  environment(awsEnvironment(stack.name), loginEnvironment(stack.name, stack.roleArn));
  // A schedule needs the settings to run.
  schedule(organization, stack, { dependsOn: settings });
  if (slackWebhookUrl) {
    new cloud.Webhook(stack.name, {
      active: true,
      displayName: `${projectName} ${stack.name}`,
      organizationName: organization,
      projectName,
      stackName: stack.name,
      payloadUrl: slackWebhookUrl,
      format: "slack",
      filters: [
        "deployment_succeeded",
        "deployment_failed",
        "drift_detected",
        "drift_detection_failed",
      ],
    });
  }
}
