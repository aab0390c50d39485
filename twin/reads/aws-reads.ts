import { ofType, type Resource } from "../../lib/stack/resource";
import { permissionToStatement, type LambdaPermission } from "../../lib/iam";
import { findRole } from "../wiring/roles";
import { readWords, type CliWords } from "./cli-words";
import { ec2Reads } from "./ec2-reads";
import { AwsRefusal, printed, type Estate, type Printed } from "./estate";
import { s3Reads } from "./s3-reads";

const reads: Record<string, (words: CliWords, estate: Estate) => unknown> = {
  ...ec2Reads,
  ...s3Reads,

  "sts get-caller-identity": (_words, { server }) => ({ Account: server.arn.split(":")[4] }),

  "transfer describe-server": (words, { server, holds }) => {
    if (words.flag("server-id") !== server.serverId) {
      throw new AwsRefusal("ResourceNotFoundException", "Unknown server");
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

  "lambda get-policy": functionPolicy,

  "iam get-role": (words, estate) => {
    const { id, outputs } = roleOf(words, estate);
    const AssumeRolePolicyDocument = JSON.parse(String(outputs.assumeRolePolicy)) as unknown;
    return { Role: { RoleName: id, Arn: outputs.arn, AssumeRolePolicyDocument } };
  },
  "iam list-role-policies": (words, estate) => ({
    PolicyNames: policiesOf(words, estate).map(({ source }) => source),
  }),
  "iam get-role-policy": (words, estate) => {
    const name = words.flag("policy-name");
    const policy = policiesOf(words, estate).find(({ source }) => source === name);
    if (!policy) throw new AwsRefusal("NoSuchEntity", `There is no policy ${name}.`);
    return { PolicyName: name, PolicyDocument: JSON.parse(String(policy.document)) as unknown };
  },
};

/** Leave given to services to call a function, as the policy that AWS makes of it. */
function functionPolicy(words: CliWords, { stack }: Estate): object {
  const functionArn = words.flag("function-name");
  const target = ofType(stack.resources, "aws:lambda/function:Function").find(
    ({ outputs }) => outputs.arn === functionArn,
  );
  const statements = ofType(stack.resources, "aws:lambda/permission:Permission")
    .filter(({ outputs }) => [target?.id, functionArn].includes(String(outputs.function)))
    .map(({ outputs }) =>
      permissionToStatement(outputs as unknown as LambdaPermission, functionArn),
    );
  if (statements.length === 0) {
    throw new AwsRefusal("ResourceNotFoundException", "No policy is associated with the function.");
  }
  return { Policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) };
}

/** Answers a read-only command of the AWS CLI from the site's resources; the rest is refused. */
export function readAws(args: readonly string[], estate: Estate): Printed {
  const words = readWords(args);
  const read = reads[words.operation];
  if (!read) {
    return {
      code: 252,
      stdout: "",
      stderr: `The twin has no answer for aws ${words.operation}.\n`,
    };
  }
  try {
    return printed(read(words, estate));
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error;
    const { errorCode, message } = error;
    const stderr = `\nAn error occurred (${errorCode}) when calling the operation: ${message}\n`;
    return { code: 254, stdout: "", stderr };
  }
}

function roleOf(words: CliWords, { stack }: Estate): Resource {
  const name = words.flag("role-name");
  const role = ofType(stack.resources, "aws:iam/role:Role").find(({ id }) => id === name);
  if (!role) throw new AwsRefusal("NoSuchEntity", `The role with name ${name} cannot be found.`);
  return role;
}

function policiesOf(words: CliWords, estate: Estate) {
  return findRole(estate.stack, roleOf(words, estate).outputs.arn)?.policies ?? [];
}
