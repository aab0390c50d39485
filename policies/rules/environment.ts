import { CheckedResource, fieldsOf, Rule } from "./rule";

/** Types that are billed, and by whose tags a budget finds them. */
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

/** Tags that a budget or a cost report is made by. */
const budgetTagNames = ["project", "stack", "environment"];

/** What costs money says whose it is. */
export const budgetTags: Rule = {
  name: "budget-tags",
  description: `What is billed has the tags ${budgetTagNames.join(", ")}.`,
  check({ type, properties }) {
    if (!billed.has(type)) return [];
    const tags = fieldsOf(properties.tags);
    return budgetTagNames.filter((name) => !tags[name]).map((name) => `has no tag ${name}`);
  },
};

/** Types that devices know the addresses or names of, or that hold what cannot be made again. */
const kept = new Set([
  "aws:transfer/server:Server",
  "aws:s3/bucket:Bucket",
  "aws:dynamodb/table:Table",
  "awsx:ec2:Vpc",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/subnet:Subnet",
  "command:local:Command vpg ensure",
]);

/** In production nothing that matters can be lost by one wrong command. */
export const prodIsKept: Rule = {
  name: "prod-is-kept",
  description: "In prod, what cannot be made again is protected, in Pulumi and in AWS.",
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

/** AWS resources carry it as a tag; a VPG carries it in what the SORACOM driver is asked for. */
function environmentOf({ properties }: CheckedResource): unknown {
  const spec = fieldsOf(properties.environment).CANAL_FTP_SPEC;
  const holder = spec === undefined ? properties : fieldsOf(JSON.parse(String(spec)));
  return fieldsOf(holder.tags).environment;
}
