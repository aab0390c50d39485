import { createHash } from "node:crypto";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { canaryUser } from "../lambdas/canary/user";
import { hashPassword } from "../lambdas/identity-provider/password";
import { toItem } from "../lambdas/identity-provider/stores/user-record";
import { CanaryNetwork } from "./canary-network";
import { generatedPassword } from "./internal/canary-password";
import { lambdaFunction } from "./internal/lambda-function";
import { canaryAccess } from "./internal/policies";

/** What the most impatient devices give a whole upload. */
const journeySeconds = 15;

/** What the canary uploads to, as whom, and how often. */
export interface CanaryArgs {
  vpcId: pulumi.Input<string>;
  /** The VPC's block: the canary's user may log in from nowhere else. */
  vpcCidr: string;
  /** Where the function stands, one to three: the endpoint's own subnets will do. */
  subnetIds: pulumi.Input<string>[];
  endpointSecurityGroupId: pulumi.Input<string>;
  /** The endpoint's addresses; each is tried in every run. */
  addresses: pulumi.Input<string[]>;
  /** Table of the identity provider, for the canary's user. */
  userTable: aws.dynamodb.Table;
  /** Minutes between two runs. Default 5. */
  minutes?: number;
  /** Days the function's log is kept. Default 90. */
  logRetentionDays?: number;
  /** Tags of everything made. Default none. */
  tags?: Record<string, string>;
}

/**
 * A device of our own: a function in the VPC that every few minutes connects to each address of the endpoint, logs
 * in, uploads a small file, lists, downloads, compares and deletes it, and says how that went as a metric.
 *
 * It has no way to the internet nor to any AWS service, which is also why its password is in its environment and
 * not in Secrets Manager: reading a secret takes an endpoint in each zone, at more than the rest of this together.
 * The environment is encrypted; who may read functions of the account (lambda:GetFunctionConfiguration) can read
 * it, and can then use the canary's folder, from inside the VPC, and nothing else.
 *
 * Costs are some dollars a month, mostly for metrics (docs/operations.md). Lambda removes the network interfaces of a
 * deleted function up to 35 minutes later, with the function's role, so role and permission are deleted after the
 * security group, whose deletion waits for the interfaces.
 *
 * @example new Canary("site-canary", { vpcId, vpcCidr: "10.0.0.0/16", subnetIds, endpointSecurityGroupId, addresses, userTable })
 */
export class Canary extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly minutes: number;

  constructor(name: string, args: CanaryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:Canary", name, {}, opts);
    const { vpcId, endpointSecurityGroupId, tags } = args;
    const child = { parent: this };
    this.minutes = args.minutes ?? 5;

    const password = generatedPassword(`${name}-password`, child);
    const user = this.user(name, args, password);

    let network!: CanaryNetwork;
    const made = lambdaFunction(
      name,
      {
        source: "canary",
        description: "Uploads a file as a device would, and reports the result",
        roleDescription: "The canary's function",
        memorySize: 128,
        // Every address may take its whole time; what is left is for the start.
        timeoutSeconds: (args.subnetIds.length + 1) * journeySeconds,
        logRetentionDays: args.logRetentionDays ?? 90,
        access: (role, logGroup) =>
          new aws.iam.RolePolicy(
            `${name}-access`,
            {
              role: role.id,
              policy: logGroup.arn.apply((arn) => JSON.stringify(canaryAccess(arn))),
            },
            child,
          ),
        vpcConfig: (access) => {
          network = new CanaryNetwork(
            `${name}-network`,
            { vpcId, endpointSecurityGroupId, createdAfter: access, tags },
            child,
          );
          return { subnetIds: args.subnetIds, securityGroupIds: [network.securityGroup.id] };
        },
        variables: {
          FTP_ADDRESSES: pulumi.output(args.addresses).apply((list) => list.join(",")),
          FTP_USER: canaryUser,
          FTP_PASSWORD: password,
          TIMEOUT_SECONDS: String(journeySeconds),
        },
        tags,
      },
      this,
    );
    this.function = made.function;
    this.schedule(name, [user, ...network.rules], tags);

    this.registerOutputs({ functionArn: this.function.arn });
  }

  /** Its record in the user table. The salt has to be the same at every evaluation, as for configured users. */
  private user(
    name: string,
    { userTable, vpcCidr }: CanaryArgs,
    password: pulumi.Output<string>,
  ): aws.dynamodb.TableItem {
    const salt = createHash("sha256").update(`${name}/${canaryUser}`).digest().subarray(0, 16);
    return new aws.dynamodb.TableItem(
      `${name}-user`,
      {
        tableName: userTable.name,
        hashKey: userTable.hashKey,
        item: password
          .apply((text) => hashPassword(text, { salt }))
          .apply((hash) =>
            JSON.stringify(
              toItem({ name: canaryUser, passwordHashes: [hash], allowedCidrs: [vpcCidr] }),
            ),
          ),
      },
      { parent: this },
    );
  }

  /** Begins when the way is open, or the first run would be an alarm. */
  private schedule(
    name: string,
    dependsOn: pulumi.Resource[],
    tags?: Record<string, string>,
  ): void {
    const child = { parent: this };
    const every = this.minutes === 1 ? "1 minute" : `${this.minutes} minutes`;
    const rule = new aws.cloudwatch.EventRule(
      `${name}-schedule`,
      { description: "Runs the canary", scheduleExpression: `rate(${every})`, tags },
      { ...child, dependsOn },
    );
    const permission = new aws.lambda.Permission(
      `${name}-permission`,
      {
        action: "lambda:InvokeFunction",
        function: this.function.name,
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      child,
    );
    new aws.cloudwatch.EventTarget(
      `${name}-target`,
      { rule: rule.name, arn: this.function.arn },
      { ...child, dependsOn: permission },
    );
  }
}
