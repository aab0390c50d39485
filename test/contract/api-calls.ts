import type { Resource } from "../../lib/stack/resource";
import type { ApiCall } from "./aws-models";

type Values = Readonly<Record<string, unknown>>;

/**
 * One API call that creates a resource, from its inputs. An input becomes the member of the same name, whatever its
 * case (`alarmName` is `AlarmName`), in nested values as well; a map becomes a list of keys and values where the model
 * has one. `names` has what has another name, by a path such as `Budget.BudgetName`.
 */
interface Creation {
  readonly operation: string;
  /** The inputs that are members of this call. Default: all. */
  readonly inputs?: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
  /** What the provider adds or writes in another form. */
  readonly more?: (inputs: Values, resource: Resource) => Values;
}

/** Inputs that are no member of a call: they direct the provider. */
const forProvider: Readonly<Record<string, string>> = {
  forceDestroy: "deletes what a bucket or workgroup holds",
  triggers: "replaces the deployment",
  egress: "rules are calls of their own",
  routeTableId: "names the table of a route",
};

const list = (value: unknown): Values[] => (value ?? []) as Values[];
const ec2Tags = (kind: string) => ({
  names: { tags: "TagSpecifications" },
  more: ({ tags }: Values) =>
    tags ? { TagSpecifications: [{ ResourceType: kind, Tags: tags }] } : {},
});
const securityGroupRule = (direction: string): Creation => ({
  operation: `ec2.AuthorizeSecurityGroup${direction}`,
  inputs: [],
  more: (inputs) => ({
    GroupId: inputs.securityGroupId,
    IpPermissions: [
      {
        IpProtocol: inputs.ipProtocol,
        FromPort: inputs.fromPort,
        ToPort: inputs.toPort,
        ...(inputs.cidrIpv4
          ? { IpRanges: [{ CidrIp: inputs.cidrIpv4, Description: inputs.description }] }
          : {
              UserIdGroupPairs: [
                { GroupId: inputs.referencedSecurityGroupId, Description: inputs.description },
              ],
            }),
      },
    ],
    TagSpecifications: [{ ResourceType: "security-group-rule", Tags: inputs.tags }],
  }),
});
/** Queue and topic attributes are texts in a map. */
const attributes = (inputs: Values, left: readonly string[]) =>
  Object.fromEntries(
    Object.entries(inputs)
      .filter(([name]) => !left.includes(name))
      .map(([name, value]) => [name[0].toUpperCase() + name.slice(1), String(value)]),
  );

/** The calls that create a resource of each type, in order. */
const creations: Readonly<Record<string, readonly Creation[]>> = {
  "aws:apigateway/deployment:Deployment": [
    { operation: "apigateway.CreateDeployment", names: { restApi: "restApiId" } },
  ],
  "aws:apigateway/methodSettings:MethodSettings": [
    {
      operation: "apigateway.UpdateStage",
      inputs: ["restApi", "stageName"],
      names: { restApi: "restApiId" },
      more: ({ methodPath, settings }) => ({
        patchOperations: Object.entries(settings as Values).map(([name, value]) => ({
          op: "replace",
          path: `/${String(methodPath)}/${name}`,
          value: String(value),
        })),
      }),
    },
  ],
  "aws:apigateway/restApi:RestApi": [
    {
      operation: "apigateway.CreateRestApi",
      inputs: ["name", "description", "tags"],
      more: ({ endpointConfiguration }) => ({
        endpointConfiguration: { types: [(endpointConfiguration as Values).types].flat() },
      }),
    },
    {
      operation: "apigateway.PutRestApi",
      inputs: ["body"],
      more: (_inputs, { id }) => ({ restApiId: id }),
    },
  ],
  "aws:apigateway/stage:Stage": [
    {
      operation: "apigateway.CreateStage",
      names: { restApi: "restApiId", deployment: "deploymentId" },
    },
  ],
  "aws:budgets/budget:Budget": [
    {
      operation: "budgets.CreateBudget",
      inputs: ["name", "budgetType", "timeUnit", "tags"],
      names: {
        name: "Budget.BudgetName",
        budgetType: "Budget.BudgetType",
        timeUnit: "Budget.TimeUnit",
        tags: "ResourceTags",
      },
      more: (inputs, { outputs }) => ({
        AccountId: outputs.accountId,
        "Budget.BudgetLimit": { Amount: inputs.limitAmount, Unit: inputs.limitUnit },
        NotificationsWithSubscribers: list(inputs.notifications).map(
          ({ subscriberEmailAddresses, ...notification }) => ({
            Notification: notification,
            Subscribers: (subscriberEmailAddresses as string[]).map((address) => ({
              SubscriptionType: "EMAIL",
              Address: address,
            })),
          }),
        ),
      }),
    },
  ],
  "aws:cloudwatch/dashboard:Dashboard": [{ operation: "cloudwatch.PutDashboard" }],
  "aws:cloudwatch/eventRule:EventRule": [{ operation: "events.PutRule" }],
  "aws:cloudwatch/eventTarget:EventTarget": [
    {
      operation: "events.PutTargets",
      inputs: ["rule"],
      more: ({ arn, deadLetterConfig, input }, { outputs }) => ({
        Targets: [
          { Id: outputs.targetId, Arn: arn, Input: input, DeadLetterConfig: deadLetterConfig },
        ],
      }),
    },
  ],
  "aws:cloudwatch/logGroup:LogGroup": [
    { operation: "logs.CreateLogGroup", inputs: ["name", "tags"], names: { name: "logGroupName" } },
    {
      operation: "logs.PutRetentionPolicy",
      inputs: ["name", "retentionInDays"],
      names: { name: "logGroupName" },
    },
  ],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": [
    {
      operation: "logs.PutMetricFilter",
      inputs: ["name", "logGroupName", "pattern"],
      names: { name: "filterName", pattern: "filterPattern" },
      more: ({ metricTransformation }) => {
        const { name, namespace, value, defaultValue, ...rest } = metricTransformation as Values;
        return {
          metricTransformations: [
            {
              metricName: name,
              metricNamespace: namespace,
              metricValue: value,
              ...(defaultValue !== undefined && { defaultValue: Number(defaultValue) }),
              ...rest,
            },
          ],
        };
      },
    },
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    {
      operation: "cloudwatch.PutMetricAlarm",
      names: { name: "AlarmName", metricQueries: "Metrics" },
    },
  ],
  "aws:dynamodb/table:Table": [
    {
      operation: "dynamodb.CreateTable",
      inputs: ["name", "billingMode", "deletionProtectionEnabled", "serverSideEncryption", "tags"],
      names: { name: "TableName", serverSideEncryption: "SSESpecification" },
      more: ({ attributes: all, hashKey }) => ({
        AttributeDefinitions: list(all).map(({ name, type }) => ({
          AttributeName: name,
          AttributeType: type,
        })),
        KeySchema: [{ AttributeName: hashKey, KeyType: "HASH" }],
      }),
    },
    {
      operation: "dynamodb.UpdateTimeToLive",
      inputs: ["name", "ttl"],
      names: { name: "TableName", ttl: "TimeToLiveSpecification" },
    },
    {
      operation: "dynamodb.UpdateContinuousBackups",
      inputs: ["name"],
      names: { name: "TableName" },
      more: ({ pointInTimeRecovery }) => ({
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: (pointInTimeRecovery as Values).enabled,
        },
      }),
    },
  ],
  "aws:dynamodb/tableItem:TableItem": [
    {
      operation: "dynamodb.PutItem",
      inputs: ["tableName"],
      more: ({ item }) => ({ Item: JSON.parse(String(item)) as unknown }),
    },
  ],
  "aws:ec2/internetGateway:InternetGateway": [
    { operation: "ec2.CreateInternetGateway", inputs: ["tags"], ...ec2Tags("internet-gateway") },
    {
      operation: "ec2.AttachInternetGateway",
      inputs: ["vpcId"],
      more: (_inputs, { id }) => ({ InternetGatewayId: id }),
    },
  ],
  "aws:ec2/route:Route": [
    { operation: "ec2.CreateRoute", more: ({ routeTableId }) => ({ RouteTableId: routeTableId }) },
  ],
  "aws:ec2/routeTable:RouteTable": [
    { operation: "ec2.CreateRouteTable", ...ec2Tags("route-table") },
  ],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [
    {
      operation: "ec2.AssociateRouteTable",
      more: ({ routeTableId }) => ({ RouteTableId: routeTableId }),
    },
  ],
  "aws:ec2/securityGroup:SecurityGroup": [
    {
      operation: "ec2.CreateSecurityGroup",
      inputs: ["description", "vpcId"],
      more: (inputs, resource) => ({
        // Pulumi's own name, with its seven random digits.
        GroupName: `${resource.name}-1234567`,
        ...ec2Tags("security-group").more(inputs),
      }),
    },
  ],
  "aws:ec2/subnet:Subnet": [{ operation: "ec2.CreateSubnet", ...ec2Tags("subnet") }],
  "aws:ec2/vpc:Vpc": [{ operation: "ec2.CreateVpc", ...ec2Tags("vpc") }],
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": [
    { operation: "ec2.AcceptVpcPeeringConnection", inputs: ["vpcPeeringConnectionId"] },
    {
      operation: "ec2.CreateTags",
      inputs: ["tags"],
      more: ({ vpcPeeringConnectionId }) => ({ Resources: [vpcPeeringConnectionId] }),
    },
  ],
  "aws:athena/workgroup:Workgroup": [{ operation: "athena.CreateWorkGroup" }],
  "aws:glue/catalogDatabase:CatalogDatabase": [
    {
      operation: "glue.CreateDatabase",
      names: { name: "DatabaseInput.Name", description: "DatabaseInput.Description" },
    },
  ],
  "aws:glue/catalogTable:CatalogTable": [
    {
      operation: "glue.CreateTable",
      inputs: ["databaseName"],
      more: ({ databaseName: _database, storageDescriptor, ...table }) => {
        const { serDeInfo, ...storage } = storageDescriptor as Values;
        return {
          TableInput: { ...table, StorageDescriptor: { ...storage, SerdeInfo: serDeInfo } },
        };
      },
    },
  ],
  "aws:iam/role:Role": [
    {
      operation: "iam.CreateRole",
      names: { name: "RoleName", assumeRolePolicy: "AssumeRolePolicyDocument" },
    },
  ],
  "aws:iam/rolePolicy:RolePolicy": [
    {
      operation: "iam.PutRolePolicy",
      names: { name: "PolicyName", role: "RoleName", policy: "PolicyDocument" },
    },
  ],
  "aws:lambda/eventSourceMapping:EventSourceMapping": [
    { operation: "lambda.CreateEventSourceMapping" },
  ],
  "aws:lambda/function:Function": [
    {
      operation: "lambda.CreateFunction",
      names: { name: "FunctionName" },
      more: () => ({ Code: { ZipFile: "bundle" } }),
    },
  ],
  "aws:lambda/permission:Permission": [
    {
      operation: "lambda.AddPermission",
      names: { function: "FunctionName" },
      more: (_inputs, { outputs }) => ({ StatementId: outputs.statementId }),
    },
  ],
  "aws:route53/record:Record": [
    {
      operation: "route53.ChangeResourceRecordSets",
      inputs: ["zoneId"],
      names: { zoneId: "HostedZoneId" },
      more: ({ name, type, ttl, records }) => ({
        ChangeBatch: {
          Changes: [
            {
              Action: "CREATE",
              ResourceRecordSet: {
                Name: name,
                Type: type,
                TTL: ttl,
                ResourceRecords: (records as string[]).map((Value) => ({ Value })),
              },
            },
          ],
        },
      }),
    },
  ],
  "aws:route53/resolverEndpoint:ResolverEndpoint": [
    {
      operation: "route53resolver.CreateResolverEndpoint",
      more: (_inputs, { name }) => ({ CreatorRequestId: name }),
    },
  ],
  "aws:route53/zone:Zone": [
    {
      operation: "route53.CreateHostedZone",
      inputs: ["name"],
      more: ({ comment, vpcs }, { name }) => ({
        CallerReference: name,
        HostedZoneConfig: { Comment: comment },
        VPC: { VPCRegion: "ap-northeast-1", ...list(vpcs)[0] },
      }),
    },
    {
      operation: "route53.ChangeTagsForResource",
      inputs: ["tags"],
      names: { tags: "AddTags" },
      more: (_inputs, { id }) => ({ ResourceType: "hostedzone", ResourceId: id }),
    },
  ],
  "aws:s3/bucket:Bucket": [
    { operation: "s3.CreateBucket", inputs: ["bucket"] },
    {
      operation: "s3.PutBucketTagging",
      inputs: ["bucket", "tags"],
      names: { tags: "Tagging.TagSet" },
    },
  ],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    {
      operation: "s3.PutBucketLifecycleConfiguration",
      names: { rules: "LifecycleConfiguration.Rules" },
    },
  ],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
    {
      operation: "s3.PutBucketOwnershipControls",
      inputs: ["bucket"],
      more: ({ rule }) => ({ OwnershipControls: { Rules: [rule] } }),
    },
  ],
  "aws:s3/bucketPolicy:BucketPolicy": [{ operation: "s3.PutBucketPolicy" }],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    {
      operation: "s3.PutPublicAccessBlock",
      inputs: ["bucket"],
      more: ({ bucket: _bucket, ...block }) => ({ PublicAccessBlockConfiguration: block }),
    },
  ],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    {
      operation: "s3.PutBucketEncryption",
      names: { rules: "ServerSideEncryptionConfiguration.Rules" },
    },
  ],
  "aws:s3/bucketVersioning:BucketVersioning": [{ operation: "s3.PutBucketVersioning" }],
  "aws:sns/topic:Topic": [{ operation: "sns.CreateTopic" }],
  "aws:sns/topicSubscription:TopicSubscription": [
    { operation: "sns.Subscribe", names: { topic: "TopicArn" } },
  ],
  "aws:sqs/queue:Queue": [
    {
      operation: "sqs.CreateQueue",
      inputs: ["name", "tags"],
      names: { name: "QueueName" },
      more: ({ visibilityTimeoutSeconds, messageRetentionSeconds, ...rest }) => ({
        Attributes: attributes(
          {
            ...rest,
            ...(visibilityTimeoutSeconds !== undefined && {
              visibilityTimeout: visibilityTimeoutSeconds,
            }),
            ...(messageRetentionSeconds !== undefined && {
              messageRetentionPeriod: messageRetentionSeconds,
            }),
          },
          ["name", "tags"],
        ),
      }),
    },
  ],
  "aws:sqs/queuePolicy:QueuePolicy": [
    {
      operation: "sqs.SetQueueAttributes",
      inputs: ["queueUrl"],
      more: ({ policy }) => ({ Attributes: { Policy: policy } }),
    },
  ],
  "aws:transfer/server:Server": [
    {
      operation: "transfer.CreateServer",
      names: {
        url: "IdentityProviderDetails.Url",
        invocationRole: "IdentityProviderDetails.InvocationRole",
        function: "IdentityProviderDetails.Function",
      },
    },
  ],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [securityGroupRule("Egress")],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [securityGroupRule("Ingress")],
};

/** Types whose resources are no API calls, by their prefix. */
const noCalls = /^(pulumi|awsx|canal-ftp|command):/;

/**
 * The API calls that create a resource.
 *
 * @throws Error for a type that is not in the table.
 */
export function creationCalls(resource: Resource): ApiCall[] {
  if (noCalls.test(resource.type)) return [];
  const calls = creations[resource.type];
  if (!calls) throw new Error(`${resource.type} has no API call: add it to api-calls.ts`);
  const { name, bucket } = resource.outputs;
  const inputs: Values = {
    ...resource.inputs,
    ...(name !== undefined && { name }),
    ...(bucket !== undefined && { bucket }),
  };
  return calls.map((creation) => {
    const [service, operation] = creation.operation.split(".");
    return { service, operation, parameters: parametersOf(creation, inputs, resource) };
  });
}

function parametersOf(creation: Creation, inputs: Values, resource: Resource): Values {
  const parameters: Record<string, unknown> = {};
  const { names = {}, more } = creation;
  for (const input of creation.inputs ?? Object.keys(inputs)) {
    if (inputs[input] === undefined || input in forProvider || input === "code") continue;
    set(parameters, names[input] ?? input, inputs[input]);
  }
  for (const [path, value] of Object.entries(more?.(inputs, resource) ?? {})) {
    set(parameters, path, value);
  }
  return parameters;
}

function set(target: Record<string, unknown>, path: string, value: unknown): void {
  const [first, ...rest] = path.split(".");
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  target[first] ??= {};
  set(target[first] as Record<string, unknown>, rest.join("."), value);
}
