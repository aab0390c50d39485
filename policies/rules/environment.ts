import { CheckedResource, fieldsOf, Rule } from "./rule";

/** Types that are billed; budgets and cost reports find them by their tags. */
const billed = new Set([
  "aws:transfer/server:Server",
  "aws:s3/bucket:Bucket",
  "aws:dynamodb/table:Table",
  "aws:lambda/function:Function",
  "aws:apigateway/restApi:RestApi",
  "aws:apigateway/stage:Stage",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:sns/topic:Topic",
  "aws:sqs/queue:Queue",
]);

/** Tags for budgets and cost reports. */
const budgetTagNames = ["project", "stack", "environment"];

/** Every billed resource has the tags for its costs. */
export const budgetTags: Rule = {
  name: "budget-tags",
  description: `Billed resources have the tags ${budgetTagNames.join(", ")}.`,
  check({ type, properties }) {
    if (!billed.has(type)) return [];
    const tags = fieldsOf(properties.tags);
    return budgetTagNames.filter((name) => !tags[name]).map((name) => `has no tag ${name}`);
  },
};

/** Types whose address or name devices store, or whose contents cannot be restored. */
const kept = new Set([
  "aws:transfer/server:Server",
  "aws:s3/bucket:Bucket",
  "aws:dynamodb/table:Table",
  "awsx:ec2:Vpc",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/subnet:Subnet",
  "command:local:Command vpg ensure",
]);

/** In prod no single command can destroy these resources. */
export const prodProtection: Rule = {
  name: "prod-protection",
  description: "In prod, resources that cannot be restored are protected, in Pulumi and in AWS.",
  check(resource) {
    const { type, properties, protect } = resource;
    const verb = /(vpg ensure)$/.exec(String(properties.create ?? ""))?.[1];
    if (!kept.has(verb ? `${type} ${verb}` : type) || environmentOf(resource) !== "prod") return [];
    const wrong = protect ? [] : ["is not protected"];
    if (type === "aws:s3/bucket:Bucket" && properties.forceDestroy === true) {
      wrong.push("can be destroyed with the files in it");
    }
    if (type === "aws:dynamodb/table:Table") {
      if (properties.deletionProtectionEnabled !== true) wrong.push("has no deletion protection");
      if (fieldsOf(properties.pointInTimeRecovery).enabled !== true) {
        wrong.push("has no point-in-time recovery");
      }
    }
    return wrong;
  },
};

/** A tag of AWS resources; for a VPG, a tag in the specification of the SORACOM driver. */
function environmentOf({ properties }: CheckedResource): unknown {
  const spec = fieldsOf(properties.environment).CANAL_FTP_SPEC;
  const holder = spec === undefined ? properties : fieldsOf(JSON.parse(String(spec)));
  return fieldsOf(holder.tags).environment;
}
