import type { ApiCall } from "./aws-models";

/** A limit of a call that AWS documents and its model does not have. */
interface Limit {
  readonly call: string;
  /** Path of the values, with `[]` for the items of a list. */
  readonly at: string;
  readonly pattern?: RegExp;
  readonly most?: number;
  readonly source: string;
}

const api = "https://docs.aws.amazon.com";
const groupText = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
const groupSource = `${api}/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html`;
const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export const documentedLimits: readonly Limit[] = [
  {
    call: "lambda.CreateFunction",
    at: "FunctionName",
    pattern: /^[a-zA-Z0-9-_]{1,64}$/,
    source: `${api}/lambda/latest/api/API_CreateFunction.html`,
  },
  {
    call: "s3.CreateBucket",
    at: "bucket",
    pattern: bucketName,
    source: `${api}/AmazonS3/latest/userguide/bucketnamingrules.html`,
  },
  {
    call: "sqs.CreateQueue",
    at: "QueueName",
    pattern: /^[a-zA-Z0-9_-]{1,80}$/,
    source: `${api}/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html`,
  },
  {
    call: "dynamodb.CreateTable",
    at: "TableName",
    pattern: /^[a-zA-Z0-9_.-]{3,255}$/,
    source: `${api}/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html`,
  },
  {
    call: "sns.CreateTopic",
    at: "name",
    pattern: /^[a-zA-Z0-9_-]{1,256}$/,
    source: `${api}/sns/latest/api/API_CreateTopic.html`,
  },
  { call: "ec2.CreateSecurityGroup", at: "GroupName", pattern: groupText, source: groupSource },
  { call: "ec2.CreateSecurityGroup", at: "description", pattern: groupText, source: groupSource },
  ...["Ingress", "Egress"].flatMap((direction) =>
    ["IpRanges", "UserIdGroupPairs"].map((list) => ({
      call: `ec2.AuthorizeSecurityGroup${direction}`,
      at: `IpPermissions.[].${list}.[].Description`,
      pattern: groupText,
      source: groupSource,
    })),
  ),
  {
    call: "budgets.CreateBudget",
    at: "NotificationsWithSubscribers.[].Subscribers",
    most: 10,
    source: `${api}/cost-management/latest/userguide/create-cost-budget.html`,
  },
  {
    call: "apigateway.CreateRestApi",
    at: "name",
    pattern: /^.{1,255}$/,
    source: `${api}/apigateway/latest/developerguide/limits.html`,
  },
];

/** What is beyond the documented limits in a call. */
export function beyondLimits({ service, operation, parameters }: ApiCall): string[] {
  return documentedLimits
    .filter(({ call }) => call === `${service}.${operation}`)
    .flatMap(({ at, pattern, most = Infinity, source }) =>
      valuesAt(parameters, at.split("."))
        .filter((value) =>
          Array.isArray(value) ? value.length > most : !pattern?.test(String(value)),
        )
        .map((value) => `${at}: ${JSON.stringify(value)} is not allowed (${source})`),
    );
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (value === undefined) return [];
  if (path.length === 0) return [value];
  const [first, ...rest] = path;
  if (first === "[]") return (value as unknown[]).flatMap((item) => valuesAt(item, rest));
  return valuesAt((value as Record<string, unknown>)[first], rest);
}
