import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { hashPassword } from "../lambdas/identity-provider/password";
import { toItem } from "../lambdas/identity-provider/stores/user-record";
import { lookUpAccount } from "./internal/account";
import { IdentityApi } from "./identity-api";
import { IdentityFunction, type LoginGrants, type LoginRules } from "./identity-function";
import { oneOf } from "./internal/one-of";
import { type InputTags } from "./internal/tags";
import { userSalt } from "./internal/user-salt";

/** A user created with the identity provider. */
export interface InitialUser {
  /** Name for the login. */
  readonly name: string;
  /** Password, of which only the hash is stored, at the cost `login.scryptLn`. Either this or `passwordHash`. */
  readonly password?: pulumi.Input<string>;
  /** scrypt hash of the password as a PHC string. */
  readonly passwordHash?: pulumi.Input<string>;
}

/** What a login grants, the initial users, and how Transfer Family calls the identity provider. */
export interface IdentityProviderArgs {
  /** What a login grants. */
  grants: LoginGrants;
  /** CIDR block that users without a list of their own may log in from. */
  allowedCidr: pulumi.Input<string>;
  /** How Transfer Family calls the identity provider: `apiGateway`, or `lambda` for the function directly. Default `apiGateway`. */
  type?: string;
  /** The store of users, and the rules of locking and remembering. Default: the function's own. */
  login?: LoginRules;
  /** KMS key of the user table. Default: DynamoDB's own key, which costs nothing and needs no permission. */
  tableKmsKeyArn?: pulumi.Input<string>;
  /** Users to create. Default none: add users to the table later. */
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
  /** URL of the API, with `API_GATEWAY`. */
  readonly url?: pulumi.Input<string>;
  /** ARN of the role that Transfer Family assumes to call the URL. */
  readonly invocationRole?: pulumi.Input<string>;
  /** ARN of the function. */
  readonly function?: pulumi.Input<string>;
  /**
   * Name of the user table, in which the server registers: the function refuses logins of other servers. Default: the
   * server does not register.
   */
  readonly userTable?: pulumi.Input<string>;
}

interface HashedUser {
  readonly name: string;
  readonly passwordHash: pulumi.Output<string>;
}

/** The fields of a connection. */
export const connectionFields = ["type", "url", "invocationRole", "function", "userTable"] as const;

/** Hash key of the user table. */
export const userTableKey = "pk";

/**
 * A custom identity provider for Transfer Family: users in a DynamoDB table, one Lambda function that decides.
 *
 * The table is billed per request, independent of the number of users; the function and the API are billed per login,
 * and many devices log in once per file.
 *
 * @example new IdentityProvider("site-identity", { grants: { roleArn, bucket, bucketArn }, allowedCidr: "100.64.0.0/10" })
 */
export class IdentityProvider extends pulumi.ComponentResource {
  /** Name of the user table. */
  readonly tableName: pulumi.Output<string>;
  /** Name of the function. */
  readonly functionName: pulumi.Output<string>;
  /** ARN of the function. */
  readonly functionArn: pulumi.Output<string>;
  /** Name of the function's log group. */
  readonly logGroupName: pulumi.Output<string>;
  /** How a server calls it: pass it to an `FtpServer`. */
  readonly connection: IdentityConnection;

  constructor(name: string, args: IdentityProviderArgs, opts?: pulumi.ComponentResourceOptions) {
    const users = (args.users ?? []).map((user) => hashedUser(name, user, args.login?.scryptLn));
    // Hashes instead of passwords: the arguments are in the state.
    super("canal-ftp:index:IdentityProvider", name, { ...args, users }, opts);
    const { protect = false, tags } = args;
    const child = { parent: this };
    // Enough for every retry of a slow table. Devices have timed out by then; API Gateway allows 29.
    const timeoutSeconds = 15;

    const table = new aws.dynamodb.Table(
      `${name}-users`,
      {
        hashKey: userTableKey,
        attributes: [{ name: userTableKey, type: "S" }],
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
    for (const user of users) {
      new aws.dynamodb.TableItem(
        `${name}-user-${user.name}`,
        {
          tableName: table.name,
          hashKey: table.hashKey,
          item: user.passwordHash.apply((hash) => userItem(user.name, hash)),
        },
        child,
      );
    }

    const decider = new IdentityFunction(
      `${name}-login`,
      {
        table,
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
    this.tableName = table.name;
    this.functionName = decider.function.name;
    this.functionArn = decider.function.arn;
    this.logGroupName = decider.logGroup.name;
    const called =
      oneOf(`type of ${name}`, args.type ?? "apiGateway", ["apiGateway", "lambda"]) === "apiGateway"
        ? this.throughApi(name, decider.function, timeoutSeconds, tags)
        : this.direct(name);
    this.connection = { ...called, userTable: this.tableName };

    this.registerOutputs({
      tableName: this.tableName,
      functionName: this.functionName,
      functionArn: this.functionArn,
      logGroupName: this.logGroupName,
      connection: this.connection,
    });
  }

  private throughApi(
    name: string,
    handler: aws.lambda.Function,
    timeoutSeconds: number,
    tags?: InputTags,
  ): IdentityConnection {
    const api = new IdentityApi(
      `${name}-api`,
      { function: handler, timeoutSeconds, tags },
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
        function: this.functionName,
        principal: "transfer.amazonaws.com",
        // The server's ARN would be a cycle, because the server needs the function first; the table lists the
        // permitted servers.
        sourceArn: pulumi.interpolate`arn:${partition}:transfer:${region}:${accountId}:server/*`,
        sourceAccount: accountId,
      },
      { parent: this },
    );
    const functionArn = pulumi.all([this.functionArn, permission.id]).apply(([arn]) => arn);
    return { type: "AWS_LAMBDA", function: functionArn };
  }
}

/**
 * The user with a hash instead of a password.
 *
 * @throws Error unless the user has a password or a hash, and not both
 */
function hashedUser(owner: string, user: InitialUser, scryptLn = 14): HashedUser {
  const { name, password, passwordHash } = user;
  if (passwordHash !== undefined && password === undefined) {
    return { name, passwordHash: pulumi.secret(passwordHash) };
  }
  if (password === undefined || passwordHash !== undefined) {
    const given = password === undefined ? "neither" : "both";
    throw new Error(
      `User ${JSON.stringify(name)} of ${owner} has ${given} of password and passwordHash; allowed: one of the two.`,
    );
  }
  const salt = userSalt(owner, name);
  return {
    name,
    passwordHash: pulumi
      .secret(password)
      .apply((text) => hashPassword(text, { salt, N: 2 ** scryptLn })),
  };
}

function userItem(name: string, passwordHash: string): string {
  return JSON.stringify(toItem({ name, passwordHashes: [passwordHash] }));
}
