import { createHash } from "node:crypto";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { trustInTransfer } from "./internal/account";
import { invokeIdentityApi } from "./internal/policies";
import { restApiBody } from "./internal/rest-api-body";
import { type InputTags } from "./internal/tags";

/** The function behind the REST API, and how its calls are logged. */
export interface IdentityApiArgs {
  /** The function that answers. */
  function: aws.lambda.Function;
  /** Seconds to wait for the function, at most 29. */
  timeoutSeconds: number;
  tags?: InputTags;
}

/** A deployment is a snapshot of the API; the stage keeps its URL for all of them. */
const stageName = "prod";

/**
 * The REST API that Transfer Family calls for a login, and the role for the call. The API is regional and has no
 * cache, as Transfer Family requires (user guide, "authentication-api-gateway"). Request data is never logged, since
 * the password is in a header.
 */
export class IdentityApi extends pulumi.ComponentResource {
  /** The URL for the server: `https://<id>.execute-api.<region>.amazonaws.com/prod`. */
  readonly url: pulumi.Output<string>;
  readonly invocationRole: aws.iam.Role;

  constructor(name: string, args: IdentityApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:IdentityApi", name, {}, opts);
    const { tags } = args;
    const child = { parent: this };

    const body = args.function.invokeArn.apply((invokeArn) =>
      JSON.stringify(restApiBody(name, invokeArn, args.timeoutSeconds)),
    );
    const api = new aws.apigateway.RestApi(
      `${name}-rest`,
      {
        description: "AWS Transfer Family's identity provider",
        body,
        endpointConfiguration: { types: "REGIONAL" },
        tags,
      },
      child,
    );
    const deployment = new aws.apigateway.Deployment(
      `${name}-deployment`,
      { restApi: api.id, triggers: { body: body.apply(sha256) } },
      child,
    );
    const stage = new aws.apigateway.Stage(
      `${name}-stage`,
      { restApi: api.id, deployment: deployment.id, stageName, cacheClusterEnabled: false, tags },
      child,
    );
    new aws.apigateway.MethodSettings(
      `${name}-settings`,
      {
        restApi: api.id,
        stageName: stage.stageName,
        methodPath: "*/*",
        settings: { metricsEnabled: true, loggingLevel: "OFF", dataTraceEnabled: false },
      },
      child,
    );

    const methodArn = pulumi.interpolate`${api.executionArn}/${stageName}/GET/servers/*/users/*/config`;
    const permission = new aws.lambda.Permission(
      `${name}-permission`,
      {
        action: "lambda:InvokeFunction",
        function: args.function.name,
        principal: "apigateway.amazonaws.com",
        sourceArn: methodArn,
      },
      child,
    );

    this.invocationRole = new aws.iam.Role(
      `${name}-caller`,
      {
        description: "Assumed by AWS Transfer Family to call the identity provider's API",
        assumeRolePolicy: trustInTransfer(this, "server/*"),
        tags,
      },
      child,
    );
    const access = new aws.iam.RolePolicy(
      `${name}-access`,
      {
        role: this.invocationRole.id,
        policy: methodArn.apply((arn) => JSON.stringify(invokeIdentityApi(arn))),
      },
      child,
    );

    // The URL is an output only after both permissions exist.
    this.url = pulumi
      .all([stage.invokeUrl, permission.id, access.id])
      .apply(([invokeUrl]) => invokeUrl);
    this.registerOutputs({ url: this.url, invocationRoleArn: this.invocationRole.arn });
  }
}

/** Hash of the API's body: when it changes, the deployment is replaced. */
function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
