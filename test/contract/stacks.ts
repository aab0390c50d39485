import { everyOption } from "../../cli/deploy-role/every-option";
import type { Evaluation } from "../../lib/stack/resource";
import { evaluate } from "../../lib/stack/evaluate";
import { providers } from "../../resources";
import { program } from "../../stacks/program";
import { evaluateStack, goldenUser } from "../support/golden";
import { stackValues } from "../support/stack-values";

const own = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`canal-ftp:${key}`, value]));

const kmsKeyArn =
  "arn:aws:kms:ap-northeast-1:123456789012:key/0a1b2c3d-0000-0000-0000-000000000000";

/**
 * A stack of another project with everything on, so that names are as long as they get.
 *
 * @param name - The project's name and the stack's, which every name begins with: `project-stack`.
 */
export async function stackNamed(name: string): Promise<Evaluation> {
  const stack = "production";
  const project = name.slice(0, -stack.length - 1);
  const { values } = stackValues("prod");
  const renamed = Object.entries({
    ...values,
    ...everyOption("canal-ftp"),
    "canal-ftp:base": "prod",
    "canal-ftp:users": JSON.stringify([goldenUser]),
  }).map(([key, value]) => [key.replace(/^canal-ftp:/, `${project}:`), value]);
  return evaluate({
    program,
    providers,
    project,
    stack,
    config: Object.fromEntries(renamed) as Record<string, string>,
  });
}

/** The configurations that are compared with AWS's models: between them every branch of the program. */
export const contractStacks: Readonly<Record<string, () => Promise<Evaluation>>> = {
  dev: () => evaluateStack("dev"),
  prod: () => evaluateStack("prod"),
  "everything on": () =>
    evaluateStack("prod", {
      ...everyOption("canal-ftp"),
      ...own({
        availabilityZones: "3",
        bucketName: "plant-files",
        expireAfterDays: "30",
        kmsKeyArn,
        simIds: '["8981100000000000000"]',
      }),
    }),
  "existing VPC": () =>
    evaluateStack("dev", {
      ...own({
        existingVpc: JSON.stringify({
          vpcId: "vpc-0a1b2c3d4e5f60718",
          cidr: "172.16.0.0/16",
          subnetIds: ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
          routeTableIds: ["rtb-0a1b2c3d4e5f60718", "rtb-0a1b2c3d4e5f60719"],
        }),
        canary: "true",
        dashboard: "false",
      }),
    }),
  "Secrets Manager": () =>
    evaluateStack(
      "dev",
      own({ userStore: "secretsmanager", users: "[]", identityProvider: "lambda" }),
    ),
  "no Canal": () =>
    evaluateStack("dev", own({ canal: "none", allowedCidr: "10.0.0.0/16", uploadEvents: "false" })),
};
