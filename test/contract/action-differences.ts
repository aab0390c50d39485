/** Actions by which resources/ differs from what AWS lists for a type, and why. `*` in an action is any text. */
export interface Difference {
  /** CloudFormation's types; none for every type. */
  readonly types?: readonly string[];
  readonly actions: readonly string[];
  readonly reason: string;
  /** Inputs, as in `a.b`, which no resource of these types may have: with one the reason no longer holds. */
  readonly without?: readonly string[];
}

const s3 = ["AWS::S3::Bucket"];
const provider = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service";

/** What CloudFormation's handlers may call, and the provider does not for these stacks. */
export const leftOut: readonly Difference[] = [
  {
    actions: ["kms:*"],
    reason:
      "for a customer key of the resource itself; keys of files are used by the stack's own roles",
    without: ["serverSideEncryption.kmsKeyArn", "kmsKeyArn", "kmsMasterKeyId", "kmsKeyId"],
  },
  {
    types: [
      "AWS::ApiGateway::RestApi",
      "AWS::Events::Rule",
      "AWS::Glue::Table",
      "AWS::S3::Bucket",
      "AWS::SNS::Subscription",
      "AWS::SNS::Topic",
    ],
    actions: ["iam:PassRole", "iam:GetRole"],
    reason: "no input has a role",
    without: ["roleArn", "credentials", "replicationConfiguration", "cloudwatchRoleArn"],
  },
  {
    types: ["AWS::Athena::WorkGroup"],
    actions: ["iam:CreateServiceLinkedRole", "iam:PassRole"],
    reason: "for workgroups of Spark, which run with a role",
    without: ["configuration.executionRole", "configuration.engineVersion"],
  },
  {
    types: ["AWS::Athena::WorkGroup"],
    actions: ["s3:*"],
    reason: `for results of queries, whose function has them; the provider creates only the workgroup (${provider}/athena/workgroup.go)`,
  },
  {
    types: ["AWS::Glue::Database", "AWS::Glue::Table"],
    actions: ["lakeformation:*"],
    reason: "for catalogs that Lake Formation governs; a new catalog follows IAM policies only",
  },
  {
    types: ["AWS::Glue::Database"],
    actions: ["glue:*Connection"],
    reason: "for a federated database",
    without: ["federatedDatabase"],
  },
  {
    types: ["AWS::Glue::Table"],
    actions: [
      "glue:GetDatabase",
      "glue:UpdateDatabase",
      "glue:GetSchemaVersion",
      "glue:PassConnection",
    ],
    reason: "for schemas of a registry and for open table formats",
    without: ["openTableFormatInput", "storageDescriptor.schemaReference"],
  },
  {
    types: ["AWS::Glue::Table"],
    actions: ["s3:GetObject", "s3:PutObject"],
    reason: "for the metadata of an Iceberg table",
    without: ["openTableFormatInput"],
  },
  {
    types: ["AWS::Transfer::Server"],
    actions: ["ds:*"],
    reason: "for users of a directory",
    without: ["directoryId"],
  },
  {
    types: ["AWS::Transfer::Server"],
    actions: ["ec2:AssociateAddress", "ec2:DescribeAddresses", "ec2:DisassociateAddress"],
    reason: "for Elastic IP addresses; FTP servers cannot have one",
    without: ["endpointDetails.addressAllocationIds"],
  },
  {
    types: ["AWS::Transfer::Server"],
    actions: ["apigateway:GET"],
    reason: "granted with the REST API that the server calls",
  },
  {
    types: ["AWS::Lambda::Function"],
    actions: ["elasticfilesystem:*", "s3files:*"],
    reason: "for a mounted file system",
    without: ["fileSystemConfig"],
  },
  {
    types: ["AWS::Lambda::Function"],
    actions: ["s3:GetObject", "s3:GetObjectVersion"],
    reason: "for code in a bucket; the program uploads its bundles",
    without: ["s3Bucket"],
  },
  {
    types: ["AWS::Lambda::Function"],
    actions: ["lambda:GetLayerVersion"],
    reason: "for layers",
    without: ["layers"],
  },
  {
    types: ["AWS::Lambda::Function"],
    actions: [
      "lambda:DeleteFunctionCodeSigningConfig",
      "lambda:GetCodeSigningConfig",
      "lambda:PutFunctionCodeSigningConfig",
    ],
    reason: "for signed code",
    without: ["codeSigningConfigArn"],
  },
  {
    types: ["AWS::Lambda::Function"],
    actions: ["lambda:PublishVersion"],
    reason: "for numbered versions",
    without: ["publish", "publishTo", "snapStart"],
  },
  {
    types: ["AWS::Lambda::Function"],
    actions: [
      "lambda:AssociateRuntimeAlias",
      "lambda:GetFunctionScalingConfig",
      "lambda:PassCapacityProvider",
      "lambda:PutFunctionRecursionConfig",
      "lambda:PutFunctionScalingConfig",
      "lambda:PutRuntimeManagementConfig",
    ],
    reason:
      "for settings that are resources of their own in the provider, or of capacity providers",
    without: ["capacityProviderConfig"],
  },
  {
    types: ["AWS::Lambda::Function"],
    actions: ["ec2:DescribeNetworkInterfaces"],
    reason:
      "CloudFormation waits for interfaces with the function, the provider with group and subnet",
  },
  {
    types: ["AWS::DynamoDB::Table"],
    actions: [
      "dynamodb:*Replica",
      "dynamodb:BatchWriteItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:UpdateItem",
    ],
    reason: "for replicas in other regions; records are resources of their own",
    without: ["replicas"],
  },
  {
    types: ["AWS::DynamoDB::Table"],
    actions: [
      "dynamodb:*ImportTable",
      "dynamodb:DescribeImport",
      "logs:*",
      "s3:GetObject*",
      "s3:ListBucket",
    ],
    reason: "for a table imported from a bucket",
    without: ["importTable"],
  },
  {
    types: ["AWS::DynamoDB::Table"],
    actions: [
      "dynamodb:*KinesisStreamingDestination",
      "kinesis:*",
      "dynamodb:*ContributorInsights",
    ],
    reason: "resources of their own in the provider",
  },
  {
    types: ["AWS::DynamoDB::Table"],
    actions: ["dynamodb:*ResourcePolicy"],
    reason: "a resource of its own in the provider",
  },
  {
    types: ["AWS::DynamoDB::Table"],
    actions: ["iam:CreateServiceLinkedRole"],
    reason: "for replicas and provisioned capacity that scales",
    without: ["replicas", "readCapacity"],
  },
  {
    types: s3,
    actions: [
      "s3:*Abac",
      "s3:*Analytics*",
      "s3:*IntelligentTiering*",
      "s3:*Inventory*",
      "s3:*Metadata*",
      "s3:*Metrics*",
      "s3:*Notification",
      "s3:DeleteBucketCors",
      "s3:DeleteBucketReplication",
      "s3:DeleteBucketWebsite",
      "s3:Put*Acl",
      "s3:Put*ObjectLockConfiguration",
      "s3:Put*Replication*",
      "s3:PutAccelerateConfiguration",
      "s3:PutBucketCORS",
      "s3:PutBucketLogging",
      "s3:PutBucketWebsite",
      "s3tables:*",
    ],
    reason:
      "parts of a bucket that the program does not set; what the provider reads of the rest is granted",
    without: ["corsRules", "loggings", "website", "objectLockEnabled", "replicationConfiguration"],
  },
  {
    types: s3,
    actions: ["s3:DeleteBucketEncryption", "s3:DeleteBucketLifecycle", "s3:DeleteBucketTagging"],
    reason: "the Put action covers the deletion (Amazon S3 API reference, DeleteBucketLifecycle)",
  },
  {
    types: ["AWS::IAM::Role"],
    actions: ["iam:*PermissionsBoundary"],
    reason: "the program sets no boundary",
    without: ["permissionsBoundary"],
  },
  {
    types: ["AWS::IAM::Role"],
    actions: ["iam:ListRoleTags"],
    reason: "the provider reads tags with the role",
  },
  {
    types: ["AWS::IAM::Role"],
    actions: ["Attach", "Delete", "Detach", "Get", "Put"].map((verb) => `iam:${verb}RolePolicy`),
    reason: "policies are resources of their own",
    without: ["inlinePolicies", "managedPolicyArns"],
  },
  {
    types: ["AWS::Logs::LogGroup"],
    actions: [
      "firehose:*",
      "logs:*BearerTokenAuthentication",
      "logs:*DataProtectionPolicy",
      "logs:*IndexPol*",
      "logs:*KmsKey",
      "logs:*LogDelivery",
      "logs:*ResourcePolic*",
      "logs:PutLogGroupDeletionProtection",
      "s3:REST.PUT.OBJECT",
    ],
    reason: "for keys, data protection, indexes and deliveries of the group",
    without: ["kmsKeyId", "deletionProtectionEnabled"],
  },
  {
    types: ["AWS::SNS::Topic"],
    actions: ["sns:*DataProtectionPolicy", "sns:ListSubscriptionsByTopic", "sns:*ubscribe"],
    reason: "a data protection policy and subscriptions are resources of their own in the provider",
  },
  {
    types: ["AWS::Route53::HostedZone"],
    actions: ["route53:*QueryLoggingConfig*", "route53:UpdateHostedZoneFeatures"],
    reason: "for query logs and accelerated recovery",
    without: ["enableAcceleratedRecovery"],
  },
  {
    types: ["AWS::Route53::RecordSet"],
    actions: ["route53:ListHostedZones"],
    reason: "for a zone given by its name; the program gives its id",
  },
  {
    types: ["AWS::Route53Resolver::ResolverEndpoint"],
    actions: ["ec2:*Ipv6Addresses"],
    reason: "for IPv6",
    without: ["resolverEndpointType"],
  },
  {
    types: ["AWS::Budgets::Budget"],
    actions: ["billing:GetBillingViewData"],
    reason: "for a budget of a billing view",
    without: ["billingViewArn"],
  },
  {
    types: ["AWS::ApiGateway::RestApi"],
    actions: ["apigateway:UpdateRestApiPolicy"],
    reason: "for an API with a resource policy",
    without: ["policy"],
  },
  {
    types: ["AWS::ApiGateway::RestApi"],
    actions: ["s3:GetObject"],
    reason: "for a definition in a bucket; the program gives it as text",
  },
  {
    types: ["AWS::ApiGateway::Deployment"],
    actions: ["apigateway:PUT"],
    reason: "for a stage that is created with the deployment",
    without: ["stageName"],
  },
  {
    types: ["AWS::CloudWatch::Dashboard"],
    actions: ["cloudwatch:*Resource"],
    reason: "the provider does not tag dashboards",
    without: ["tags"],
  },
  {
    types: ["AWS::EC2::VPC"],
    actions: ["ec2:*VpcEncryptionControl*", "ec2:ModifyVpcTenancy"],
    reason: "for encryption in transit and dedicated tenancy",
    without: ["instanceTenancy"],
  },
  {
    types: ["AWS::EC2::Subnet"],
    actions: ["ec2:*SubnetCidrBlock"],
    reason: "for IPv6",
    without: ["ipv6CidrBlock"],
  },
  {
    types: ["AWS::EC2::Subnet"],
    actions: ["ec2:DescribeNetworkAcls"],
    reason: "the provider does not read a subnet's access control list",
  },
  {
    types: ["AWS::EC2::SubnetRouteTableAssociation"],
    actions: ["ec2:DescribeSubnets"],
    reason: "the provider reads the association with its route table",
  },
  {
    types: ["AWS::EC2::Route"],
    actions: ["ec2:DescribeNetworkInterfaces"],
    reason: "for a route to a network interface",
    without: ["networkInterfaceId"],
  },
  {
    types: ["AWS::EC2::SecurityGroup"],
    actions: ["ec2:AuthorizeSecurityGroup*"],
    reason: "rules are resources of their own",
    without: ["ingress"],
  },
  {
    types: [
      "AWS::EC2::SecurityGroup",
      "AWS::EC2::SecurityGroupIngress",
      "AWS::EC2::SecurityGroupEgress",
    ],
    actions: ["ec2:UpdateSecurityGroupRuleDescriptions*"],
    reason: `the provider changes rules with ModifySecurityGroupRules (${provider}/ec2/vpc_security_group_ingress_rule.go)`,
  },
  {
    types: ["AWS::EC2::SecurityGroup"],
    actions: ["ec2:DescribeInstances"],
    reason: "the provider reads the network interfaces of a group instead",
  },
  {
    types: ["AWS::EC2::SecurityGroupIngress"],
    actions: ["ec2:DescribeSecurityGroups"],
    reason: "the provider reads a rule by its own id",
  },
  {
    types: ["AWS::EC2::VPCPeeringConnection"],
    actions: ["ec2:CreateVpcPeeringConnection", "ec2:DeleteVpcPeeringConnection", "sts:AssumeRole"],
    reason: "SORACOM requests and deletes the peering; the stack accepts it",
  },
];

/** What the provider calls, and CloudFormation's handlers do not. */
export const added: readonly Difference[] = [
  {
    types: ["AWS::EC2::SecurityGroup", "AWS::EC2::Subnet"],
    actions: [
      "ec2:DescribeNetworkInterfaces",
      "ec2:DetachNetworkInterface",
      "ec2:DeleteNetworkInterface",
    ],
    reason: `the provider deletes what Lambda leaves (${provider}/ec2/vpc_security_group.go, deleteLingeringENIs)`,
  },
  {
    types: ["AWS::EC2::InternetGateway"],
    actions: ["ec2:AttachInternetGateway", "ec2:DetachInternetGateway"],
    reason: "a type of its own in CloudFormation",
  },
  {
    types: ["AWS::EC2::VPC"],
    actions: ["ec2:DescribeRouteTables"],
    reason: `the provider returns the main route table (${provider}/ec2/vpc_.go)`,
  },
  {
    types: ["AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"],
    actions: ["ec2:ModifySecurityGroupRules", "ec2:CreateTags", "ec2:DeleteTags"],
    reason: `the provider tags rules and changes them in place (${provider}/ec2/vpc_security_group_ingress_rule.go)`,
  },
  {
    types: ["AWS::Transfer::Server"],
    actions: ["ec2:DescribeSubnets", "ec2:DescribeVpcs", "ec2:DescribeSecurityGroups"],
    reason: "CreateVpcEndpoint, with the caller's permissions, may read what it connects",
  },
  {
    types: ["AWS::Lambda::Function"],
    actions: ["lambda:ListVersionsByFunction"],
    reason: `the provider returns the last version (${provider}/lambda/function.go)`,
  },
  {
    types: ["AWS::S3::Bucket"],
    actions: ["s3:GetBucketLocation", "s3:GetBucketPolicy", "s3:GetBucketRequestPayment"],
    reason: `the provider reads all of a bucket (${provider}/s3/bucket.go)`,
  },
  {
    types: ["AWS::S3::Bucket"],
    actions: ["s3:DeleteObjectVersion", "s3:ListBucketVersions"],
    reason: "forceDestroy empties the bucket; CloudFormation deletes empty buckets only",
  },
  {
    types: ["AWS::IAM::Role"],
    actions: ["iam:ListInstanceProfilesForRole"],
    reason: `the provider removes a role from instance profiles first (${provider}/iam/role.go)`,
  },
  {
    types: ["AWS::Glue::Database"],
    actions: ["glue:GetTags", "glue:TagResource", "glue:UntagResource"],
    reason: "the provider tags databases",
  },
  {
    types: ["AWS::Glue::Table"],
    actions: ["glue:GetPartitionIndexes"],
    reason: `the provider reads a table's indexes (${provider}/glue/catalog_table.go)`,
  },
  {
    types: ["AWS::Events::Rule"],
    actions: ["events:EnableRule", "events:DisableRule"],
    reason: `the provider switches a rule with them (${provider}/events/rule.go)`,
  },
  {
    types: ["AWS::Route53::HostedZone"],
    actions: ["route53:ListResourceRecordSets"],
    reason: `the provider reads the zone's name servers (${provider}/route53/zone.go)`,
  },
  {
    types: ["AWS::SQS::QueuePolicy"],
    actions: ["sqs:GetQueueAttributes"],
    reason: "CloudFormation does not read a queue's policy",
  },
];
