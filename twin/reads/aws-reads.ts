import { permissionToStatement, type LambdaPermission } from "../../lib/iam";
import { ofType, type Resource } from "../../lib/stack/resource";
import { findRole } from "../wiring/roles";
import { ec2Reads } from "./ec2-reads";
import { s3Reads } from "./s3-reads";
import { ReadError, type Read, type SiteState } from "./site-state";

/** The read operations of AWS that the twin answers from its site's resources, by service and operation. */
const reads: Readonly<Record<string, Read>> = {
  ...ec2Reads,
  ...s3Reads,

  "STS GetCallerIdentity": (_input, { server }) => ({ Account: server.arn.split(":")[4] }),

  "Transfer DescribeServer": ({ ServerId }, { server, holds }) => {
    if (ServerId !== server.serverId) {
      throw new ReadError("ResourceNotFoundException", "Unknown server");
    }
    const { protocols, endpointType, endpointDetails, identityProviderType, ...rest } =
      server.resource.outputs;
    const details = endpointDetails as Record<string, unknown>;
    return {
      Server: {
        Arn: server.arn,
        ServerId: server.serverId,
        State: holds("server-stopped") ? "OFFLINE" : "ONLINE",
        Protocols: protocols,
        EndpointType: endpointType,
        EndpointDetails: {
          VpcEndpointId: details.vpcEndpointId,
          VpcId: server.vpcId,
          SubnetIds: server.subnetIds,
        },
        IdentityProviderType: identityProviderType,
        IdentityProviderDetails: {
          Url: rest.url,
          InvocationRole: rest.invocationRole,
          Function: rest.function,
        },
      },
    };
  },

  "Lambda GetPolicy": functionPolicy,

  // The twin sends no mail, so that every subscription counts as confirmed.
  "SNS ListSubscriptionsByTopic": ({ TopicArn }, { stack }) => ({
    Subscriptions: ofType(stack.resources, "aws:sns/topicSubscription:TopicSubscription")
      .filter(({ outputs }) => outputs.topic === TopicArn)
      .map(({ outputs: { arn, protocol, endpoint } }) => ({
        ...{ SubscriptionArn: arn, Protocol: protocol, Endpoint: endpoint },
      })),
  }),

  "IAM GetRole": (input, site) => {
    const { id, outputs } = roleOf(input, site);
    const AssumeRolePolicyDocument = encodeURIComponent(String(outputs.assumeRolePolicy));
    return { Role: { RoleName: id, Arn: outputs.arn, AssumeRolePolicyDocument } };
  },
  "IAM ListRolePolicies": (input, site) => ({
    PolicyNames: policiesOf(input, site).map(({ source }) => source),
  }),
  "IAM GetRolePolicy": (input, site) => {
    const { PolicyName } = input;
    const policy = policiesOf(input, site).find(({ source }) => source === PolicyName);
    if (!policy) throw new ReadError("NoSuchEntity", `There is no policy ${String(PolicyName)}.`);
    return { PolicyName, PolicyDocument: encodeURIComponent(String(policy.document)) };
  },
};

/** The function's resource policy: one statement for each permission. */
function functionPolicy({ FunctionName }: Readonly<Record<string, unknown>>, { stack }: SiteState) {
  const functionArn = String(FunctionName);
  const target = ofType(stack.resources, "aws:lambda/function:Function").find(
    ({ outputs }) => outputs.arn === functionArn,
  );
  const statements = ofType(stack.resources, "aws:lambda/permission:Permission")
    .filter(({ outputs }) => [target?.id, functionArn].includes(String(outputs.function)))
    .map(({ outputs }) =>
      permissionToStatement(outputs as unknown as LambdaPermission, functionArn),
    );
  if (statements.length === 0) {
    throw new ReadError("ResourceNotFoundException", "No policy is associated with the function.");
  }
  return { Policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) };
}

/**
 * The output of a read operation.
 *
 * @throws ReadError as AWS would return it, and for an operation that the twin does not answer
 */
export function readAws(
  service: string,
  operation: string,
  input: Readonly<Record<string, unknown>>,
  site: SiteState,
): unknown {
  const read = reads[`${service} ${operation}`];
  if (read) return read(input, site);
  throw new ReadError("InvalidAction", `The twin does not answer ${service} ${operation}.`);
}

function roleOf({ RoleName }: Readonly<Record<string, unknown>>, { stack }: SiteState): Resource {
  const role = ofType(stack.resources, "aws:iam/role:Role").find(({ id }) => id === RoleName);
  if (role) return role;
  throw new ReadError("NoSuchEntity", `The role with name ${String(RoleName)} cannot be found.`);
}

function policiesOf(input: Readonly<Record<string, unknown>>, site: SiteState) {
  return findRole(site.stack, roleOf(input, site).outputs.arn)?.policies ?? [];
}
