import { fieldAt } from "./field";
import type { Account, Stored } from "./account";

/** Who holds on to a resource, so that AWS does not let it go, and what AWS says then. */
const holders: Record<string, { by: [type: string, field: string][]; says: string }> = {
  "aws:ec2/vpc:Vpc": {
    by: [
      ["aws:ec2/subnet:Subnet", "vpcId"],
      ["aws:ec2/securityGroup:SecurityGroup", "vpcId"],
      ["aws:ec2/internetGateway:InternetGateway", "vpcId"],
      ["aws:ec2/routeTable:RouteTable", "vpcId"],
      ["aws:transfer/server:Server", "endpointDetails.vpcId"],
    ],
    says: "DependencyViolation: The vpc has dependencies and cannot be deleted",
  },
  "aws:ec2/subnet:Subnet": {
    by: [
      ["aws:transfer/server:Server", "endpointDetails.subnetIds"],
      ["aws:lambda/function:Function", "vpcConfig.subnetIds"],
      ["aws:route53/resolverEndpoint:ResolverEndpoint", "ipAddresses.subnetId"],
    ],
    says: "DependencyViolation: The subnet has dependencies and cannot be deleted",
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    by: [
      ["aws:transfer/server:Server", "endpointDetails.securityGroupIds"],
      ["aws:lambda/function:Function", "vpcConfig.securityGroupIds"],
      ["aws:route53/resolverEndpoint:ResolverEndpoint", "securityGroupIds"],
      ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "referencedSecurityGroupId"],
      ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "referencedSecurityGroupId"],
    ],
    says: "DependencyViolation: The security group has a dependent object",
  },
  "aws:ec2/routeTable:RouteTable": {
    by: [["aws:ec2/routeTableAssociation:RouteTableAssociation", "routeTableId"]],
    says: "DependencyViolation: The routeTable has dependencies and cannot be deleted",
  },
  "aws:iam/role:Role": {
    by: [
      ["aws:iam/rolePolicy:RolePolicy", "role"],
      ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role"],
    ],
    says: "DeleteConflict: Cannot delete entity, must delete policies first",
  },
  "aws:cloudwatch/eventRule:EventRule": {
    by: [["aws:cloudwatch/eventTarget:EventTarget", "rule"]],
    says: "ValidationException: Rule can't be deleted since it has targets",
  },
  "aws:route53/zone:Zone": {
    by: [["aws:route53/record:Record", "zoneId"]],
    says: "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted",
  },
  "aws:apigateway/deployment:Deployment": {
    by: [["aws:apigateway/stage:Stage", "deployment"]],
    says: "BadRequestException: Active stages pointing to this deployment must be moved or deleted",
  },
};

/**
 * Throws when AWS would not delete the resource. A provider tries again for a while, since what holds it may be
 * on its way out; here nothing goes by itself, so it says no at once.
 */
export function refuseDelete(resource: Stored, account: Account): void {
  const { type, id, inputs } = resource;
  if (type === "aws:s3/bucket:Bucket" && inputs.forceDestroy !== true && account.hasObjects(id)) {
    throw new Error(
      `deleting S3 Bucket (${id}): BucketNotEmpty: The bucket you tried to delete is not empty`,
    );
  }
  if (type === "aws:dynamodb/table:Table" && inputs.deletionProtectionEnabled === true) {
    throw new Error(
      `deleting DynamoDB Table (${id}): ValidationException: Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
    );
  }
  const { by = [], says } = holders[type] ?? {};
  for (const other of account.all()) {
    for (const [holder, field] of by) {
      if (other.type === holder && [fieldAt(other.inputs, field)].flat().includes(id)) {
        throw new Error(`deleting ${id}: ${says} (${other.type} ${other.id})`);
      }
    }
  }
}

/** Throws when AWS would not make it: a table has one route to a destination. */
export function refuseCreate(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
  account: Account,
): void {
  if (type !== "aws:ec2/route:Route") return;
  const { routeTableId, destinationCidrBlock } = inputs;
  const there = account
    .all()
    .find(
      (other) =>
        other.type === type &&
        other.inputs.routeTableId === routeTableId &&
        other.inputs.destinationCidrBlock === destinationCidrBlock,
    );
  if (there) {
    throw new Error(
      `creating Route: RouteAlreadyExists: The route identified by ${String(destinationCidrBlock)} already exists in ${String(routeTableId)}`,
    );
  }
}
