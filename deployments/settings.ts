import type { DeploymentSettingsArgs } from "@pulumi/pulumiservice";

import type { Team } from "./check";
import type { StackSettings } from "./check-stack";
import { pathFilters, projectName } from "./project";
import { installSoracom, soracomCli } from "./soracom-cli";

/** Deployment settings of one stack: source, triggers, role and installed programs. */
export function deploymentSettings(team: Team, stack: StackSettings): DeploymentSettingsArgs {
  return {
    organization: team.organization,
    project: projectName,
    stack: stack.name,
    sourceContext: { git: { branch: `refs/heads/${stack.branch}` } },
    vcs: {
      provider: "github",
      repository: team.repository,
      deployCommits: true,
      previewPullRequests: stack.previewPullRequests,
      // A stack per pull request would be billed a Transfer server and a VPG each.
      pullRequestTemplate: false,
      paths: pathFilters(stack.name),
    },
    cacheOptions: { enable: true },
    operationContext: {
      preRunCommands: [installSoracom(team.soracomVersion, team.soracomSha256)],
      environmentVariables: {
        SORACOM_CLI: soracomCli,
        // Development dependencies are not installed, nor plugins for them.
        NPM_CONFIG_OMIT: "dev",
      },
      oidc: {
        aws: {
          roleARN: stack.roleArn,
          sessionName: `pulumi-${projectName}-${stack.name}`.slice(0, 64),
          duration: "1h",
        },
      },
      options: {
        // A newer push contains the changes of queued ones.
        skipIntermediateDeployments: true,
        skipInstallDependencies: false,
        deleteAfterDestroy: false,
      },
    },
  };
}
