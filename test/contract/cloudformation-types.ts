/** Pulumi's types whose CloudFormation type has another name, or is part of another; the rest follows by rule. */
const renamed: Readonly<Record<string, string>> = {
  // Modules that hold more than one service.
  "aws:cloudwatch/eventRule:EventRule": "AWS::Events::Rule",
  "aws:cloudwatch/eventTarget:EventTarget": "AWS::Events::Rule",
  "aws:cloudwatch/logGroup:LogGroup": "AWS::Logs::LogGroup",
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": "AWS::Logs::MetricFilter",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
  "aws:route53/resolverEndpoint:ResolverEndpoint": "AWS::Route53Resolver::ResolverEndpoint",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
  // Other words for the same.
  "aws:athena/workgroup:Workgroup": "AWS::Athena::WorkGroup",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "AWS::EC2::SubnetRouteTableAssociation",
  "aws:glue/catalogDatabase:CatalogDatabase": "AWS::Glue::Database",
  "aws:glue/catalogTable:CatalogTable": "AWS::Glue::Table",
  "aws:route53/record:Record": "AWS::Route53::RecordSet",
  "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
  "aws:sns/topicSubscription:TopicSubscription": "AWS::SNS::Subscription",
  // Parts that CloudFormation has in one type.
  "aws:apigateway/methodSettings:MethodSettings": "AWS::ApiGateway::Stage",
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter":
    "AWS::EC2::VPCPeeringConnection",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "AWS::S3::Bucket",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "AWS::S3::Bucket",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "AWS::S3::Bucket",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    "AWS::S3::Bucket",
  "aws:s3/bucketVersioning:BucketVersioning": "AWS::S3::Bucket",
};

/**
 * Actions of types that CloudFormation does not have, by the API calls of their provider
 * (https://github.com/hashicorp/terraform-provider-aws, internal/service, where nothing else is named).
 */
export const withoutSchema: Readonly<Record<string, readonly string[]>> = {
  // dynamodb/table_item.go
  "aws:dynamodb/tableItem:TableItem": [
    "dynamodb:PutItem",
    "dynamodb:GetItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
  ],
  // pulumi/pulumi-awsx, awsx/ec2/vpc.ts: the zones, where the program does not give them.
  "awsx:ec2:Vpc": ["ec2:DescribeAvailabilityZones"],
};

/** CloudFormation's type: `aws:sqs/queue:Queue` is `AWS::sqs::Queue`, in which upper and lower case do not count. */
export function cloudFormationType(type: string): string {
  const [, module, name] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  return renamed[type] ?? `AWS::${module}::${name}`;
}
