import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { serverItem, toItem } from "../lambdas/identity-provider/stores/user-record";
import { lookUpAccount } from "./internal/account";
import { IdentityApi } from "./identity-api";
import { IdentityFunction, LoginGrants, LoginRules } from "./identity-function";
import { oneOf } from "./internal/one-of";
import { type InputTags } from "./internal/tags";

/** A user created with the identity provider. */
export interface InitialUser {
  readonly name: string;
  /** scrypt hash as a PHC string. */
  readonly passwordHash: pulumi.Input<string>;
}

/** What a login grants, the initial users, and how Transfer Family calls the identity provider. */
export interface IdentityProviderArgs {
  /** What a login grants. */
  grants: LoginGrants;
  /** CIDR block that users without a list of their own may log in from. */
  allowedCidr: pulumi.Input<string>;
  /** How Transfer Family calls it: `apiGateway`, or `lambda` for the function directly. Default `apiGateway`. */
  type?: string;
  /** The store of users, and the rules of locking and remembering. Default: the function's own. */
  login?: LoginRules;
  /** KMS key of the user table. Default: DynamoDB's own key, which costs nothing and needs no permission. */
  tableKmsKeyArn?: pulumi.Input<string>;
  /** Default none: add users to the table later. */
  users?: InitialUser[];
  /** Days the function's log is kept. Default 90. */
  logRetentionDays?: number;
  /** Protect the user table from deletion, in Pulumi and in AWS, with 35 days of point-in-time recovery. Default false. */
  protect?: boolean;
  /** Tags of all resources. Default none. */
  tags?: InputTags;
}

/** How an FtpServer calls its identity provider. */
export interface IdentityConnection {
  /** `API_GATEWAY`, with `url` and `invocationRole`; or `AWS_LAMBDA`, with `function`. */
  readonly type: pulumi.Input<string>;
  readonly url?: pulumi.Input<string>;
  /** ARN of the role that Transfer Family assumes to call the URL. */
  readonly invocationRole?: pulumi.Input<string>;
  /** ARN of the function. */
  readonly function?: pulumi.Input<string>;
}

/**
 * A custom identity provider for Transfer Family: users in a DynamoDB table, one Lambda function that decides.
 *
 * The table is billed per request, independent of the number of users; the function and the API are billed per login,
 * and many devices log in once per file.
 *
 * @example new IdentityProvider("site-identity", { grants: { roleArn, bucket, bucketArn }, allowedCidr: "100.64.0.0/10" })
 */
export class IdentityProvider extends pulumi.ComponentResource {
  readonly table: aws.dynamodb.Table;
  readonly function: aws.lambda.Function;
  readonly connection: IdentityConnection;

  constructor(name: string, args: IdentityProviderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:IdentityProvider", name, {}, opts);
    const { protect = false, tags } = args;
    const child = { parent: this };
    // Enough for every retry of a slow table. Devices have timed out by then; API Gateway allows 29.
    const timeoutSeconds = 15;

    this.table = new aws.dynamodb.Table(
      `${name}-users`,
      {
        hashKey: "pk",
        attributes: [{ name: "pk", type: "S" }],
        billingMode: "PAY_PER_REQUEST",
        // Otherwise with a key of DynamoDB's own, at no cost for each login.
        ...(args.tableKmsKeyArn && {
          serverSideEncryption: { enabled: true, kmsKeyArn: args.tableKmsKeyArn },
        }),
        pointInTimeRecovery: { enabled: protect },
        deletionProtectionEnabled: protect,
        // Failure counters expire.
        ttl: { attributeName: "ttl", enabled: true },
        tags,
      },
      { ...child, protect },
    );
    for (const user of args.users ?? []) {
      new aws.dynamodb.TableItem(
        `${name}-user-${user.name}`,
        {
          tableName: this.table.name,
          hashKey: this.table.hashKey,
          item: pulumi.secret(user.passwordHash).apply((hash) => userItem(user.name, hash)),
        },
        child,
      );
    }

    const decider = new IdentityFunction(
      `${name}-login`,
      {
        table: this.table,
        tableKmsKeyArn: args.tableKmsKeyArn,
        grants: args.grants,
        allowedCidr: args.allowedCidr,
        login: args.login,
        logRetentionDays: args.logRetentionDays ?? 90,
        timeoutSeconds,
        tags,
      },
      child,
    );
    this.function = decider.function;
    this.connection =
      oneOf(`type of ${name}`, args.type ?? "apiGateway", ["apiGateway", "lambda"]) === "apiGateway"
        ? this.throughApi(name, timeoutSeconds, tags)
        : this.direct(name);

    this.registerOutputs({ table: this.table.name, functionArn: this.function.arn });
  }

  private throughApi(name: string, timeoutSeconds: number, tags?: InputTags): IdentityConnection {
    const api = new IdentityApi(
      `${name}-api`,
      { function: this.function, timeoutSeconds, tags },
      { parent: this },
    );
    return { type: "API_GATEWAY", url: api.url, invocationRole: api.invocationRole.arn };
  }

  private direct(name: string): IdentityConnection {
    const { partition, region, accountId } = lookUpAccount(this);
    const permission = new aws.lambda.Permission(
      `${name}-permission`,
      {
        action: "lambda:InvokeFunction",
        function: this.function.name,
        principal: "transfer.amazonaws.com",
        // The server's ARN would be a cycle, because the server needs the function first; the table lists the
        // permitted servers.
        sourceArn: pulumi.interpolate`arn:${partition}:transfer:${region}:${accountId}:server/*`,
        sourceAccount: accountId,
      },
      { parent: this },
    );
    const functionArn = pulumi.all([this.function.arn, permission.id]).apply(([arn]) => arn);
    return { type: "AWS_LAMBDA", function: functionArn };
  }
}

/**
 * Registers a server with the identity provider. The function refuses logins of unknown servers, and the server is
 * created after the function: so this is a record of its own.
 */
export function registerServer(
  name: string,
  identity: IdentityProvider,
  serverId: pulumi.Input<string>,
): aws.dynamodb.TableItem {
  return new aws.dynamodb.TableItem(
    `${name}-server`,
    {
      tableName: identity.table.name,
      hashKey: identity.table.hashKey,
      item: pulumi.output(serverId).apply((id) => JSON.stringify(serverItem(id))),
    },
    { parent: identity },
  );
}

function userItem(name: string, passwordHash: string): string {
  return JSON.stringify(toItem({ name, passwordHashes: [passwordHash] }));
}
