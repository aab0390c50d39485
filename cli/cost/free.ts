const settings = "a setting of another resource";
const network = "AWS bills nothing for it by itself";
const permission = "permissions cost nothing";

/** Resource types that cost nothing, each with the reason. */
export const free: Readonly<Record<string, string>> = {
  "aws:apigateway/account:Account": settings,
  "aws:apigateway/deployment:Deployment": "a snapshot of the API",
  "aws:budgets/budget:Budget": "budgets without actions cost nothing",
  "aws:cloudwatch/eventRule:EventRule": "events of AWS's own services and schedules cost nothing",
  "aws:cloudwatch/eventTarget:EventTarget": "calls of a target in the same account cost nothing",
  "aws:cloudwatch/queryDefinition:QueryDefinition": "a text; running it is billed by GB looked at",
  "aws:dynamodb/tableItem:TableItem": "counts with its table's storage",
  "aws:ec2/internetGateway:InternetGateway": network,
  "aws:ec2/route:Route": network,
  "aws:ec2/routeTable:RouteTable": network,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": network,
  "aws:ec2/securityGroup:SecurityGroup": network,
  "aws:ec2/subnet:Subnet": network,
  "aws:ec2/vpc:Vpc": network,
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": network,
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": network,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": network,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": network,
  "aws:glue/catalogDatabase:CatalogDatabase": "the first million objects of the catalogue are free",
  "aws:glue/catalogTable:CatalogTable":
    "the first million objects of the catalogue are free; Athena bills each query by TB read",
  "aws:athena/workgroup:Workgroup":
    "queries are billed by TB read, and there are none by themselves",
  "aws:athena/namedQuery:NamedQuery": "a text; running it is billed by TB read",
  "aws:iam/role:Role": permission,
  "aws:iam/rolePolicy:RolePolicy": permission,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": permission,
  "aws:iam/policy:Policy": permission,
  "aws:kms/alias:Alias": settings,
  "aws:lambda/eventSourceMapping:EventSourceMapping": "its polls count with the queue's requests",
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": settings,
  "aws:lambda/permission:Permission": permission,
  "aws:route53/record:Record": "counts with its zone",
  "aws:route53/zoneAssociation:ZoneAssociation": settings,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":
    "expiring costs nothing; it makes storage less",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": settings,
  "aws:s3/bucketPolicy:BucketPolicy": permission,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": settings,
  "aws:s3/bucketVersioning:BucketVersioning": "old versions count with the storage",
  "aws:sns/topic:Topic": "mails are billed with the subscriptions",
  "aws:sns/topicPolicy:TopicPolicy": permission,
  "aws:sqs/queuePolicy:QueuePolicy": permission,
  "aws:sqs/redrivePolicy:RedrivePolicy": settings,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": settings,
};

/** Components are made of other resources, and are nothing by themselves. */
export function isComponent(type: string): boolean {
  return type.startsWith("canal-ftp:") || type.startsWith("awsx:") || type.startsWith("pulumi:");
}
