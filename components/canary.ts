import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { canaryUser } from "../lambdas/canary/user";
import { hashPassword } from "../lambdas/identity-provider/password";
import { toItem } from "../lambdas/identity-provider/stores/user-record";
import { CanaryNetwork } from "./canary-network";
import { userTableKey } from "./identity-provider";
import { generatedPassword } from "./internal/generated-password";
import { lambdaFunction } from "./internal/lambda-function";
import { userSalt } from "./internal/user-salt";
import { canaryAccess } from "./internal/policies";
import { type InputTags } from "./internal/tags";

/** Timeout of a journey in seconds: the shortest timeout of devices for an upload. */
const journeySeconds = 15;

/** The endpoint, user and schedule of the canary. */
export interface CanaryArgs {
  /** Id of the VPC, `vpc-…`. */
  vpcId: pulumi.Input<string>;
  /** The VPC's CIDR block, the only one that the canary's user may log in from. */
  vpcCidr: pulumi.Input<string>;
  /** Ids of one to three subnets of the function, for example the endpoint's. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Id of the endpoint's security group, `sg-…`. */
  endpointSecurityGroupId: pulumi.Input<string>;
  /** The endpoint's addresses; every run tests each. */
  addresses: pulumi.Input<string[]>;
  /** Name of the identity provider's table, for the canary's user. */
  userTable: pulumi.Input<string>;
  /** The identity provider's own `login.scryptLn`, so that a login does not replace the record's hash. Default 14. */
  scryptLn?: number;
  /** Minutes between two runs. Default 5. */
  minutes?: number;
  /** Days the function's log is kept. Default 90. */
  logRetentionDays?: number;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/**
 * A test device: a function in the VPC that every few minutes connects to each address of the endpoint, logs in,
 * uploads a small file, lists, downloads, compares and deletes it, and reports the result as a metric.
 *
 * It has no route to the internet nor to any AWS service. Therefore its password is in its environment and not in
 * Secrets Manager: reading a secret needs an interface endpoint in each zone, which costs more than everything else
 * here. The environment is encrypted; principals that may read functions of the account
 * (lambda:GetFunctionConfiguration) can read it, and with it use the canary's folder, from inside the VPC only.
 *
 * It costs some dollars a month, mostly for metrics (docs/operations.md). Lambda removes the network interfaces of a
 * deleted function up to 35 minutes later, with the function's role, so role and permission are deleted after the
 * security group, whose deletion waits for the interfaces.
 *
 * @example new Canary("site-canary", { vpcId, vpcCidr: "10.0.0.0/16", subnetIds, endpointSecurityGroupId, addresses, userTable })
 */
export class Canary extends pulumi.ComponentResource {
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;
  /** ARN of the function. */
  readonly functionArn: pulumi.Output<string>;
  /** Name of the function's log group. */
  readonly logGroupName: pulumi.Output<string>;
  /** Minutes between two runs. */
  readonly minutes: number;

  constructor(name: string, args: CanaryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:Canary", name, args, opts);
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
        // Every address may take the full time; the rest is for the start.
        timeoutSeconds: pulumi
          .output(args.subnetIds)
          .apply((subnetIds) => (subnetIds.length + 1) * journeySeconds),
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
    this.functionName = made.function.name;
    this.functionArn = made.function.arn;
    this.logGroupName = made.logGroup.name;
    this.schedule(name, [user, ...network.rules], tags);

    this.registerOutputs({
      functionName: this.functionName,
      functionArn: this.functionArn,
      logGroupName: this.logGroupName,
      minutes: this.minutes,
    });
  }

  /** The canary's record in the user table. */
  private user(
    name: string,
    { userTable, vpcCidr, scryptLn = 14 }: CanaryArgs,
    password: pulumi.Output<string>,
  ): aws.dynamodb.TableItem {
    const salt = userSalt(name, canaryUser);
    return new aws.dynamodb.TableItem(
      `${name}-user`,
      {
        tableName: userTable,
        hashKey: userTableKey,
        item: pulumi
          .all([password.apply((text) => hashPassword(text, { salt, N: 2 ** scryptLn })), vpcCidr])
          .apply(([hash, cidr]) =>
            JSON.stringify(
              toItem({ name: canaryUser, passwordHashes: [hash], allowedCidrs: [cidr] }),
            ),
          ),
      },
      { parent: this },
    );
  }

  /** Starts only when user and rules exist; otherwise the first run would fail and be an alarm. */
  private schedule(name: string, dependsOn: pulumi.Resource[], tags?: InputTags): void {
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
        function: this.functionName,
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      child,
    );
    new aws.cloudwatch.EventTarget(
      `${name}-target`,
      { rule: rule.name, arn: this.functionArn },
      { ...child, dependsOn: permission },
    );
  }
}
