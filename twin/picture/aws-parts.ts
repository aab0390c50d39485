import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import type { ServerResource } from "../wiring/find-server";
import type { Fact, Part } from "./part";

type Description = Pick<Part, "name" | "facts" | "resources">;

/** Who reaches the endpoint on which ports: the rules of its security groups. */
export function reachOf(
  resources: readonly Resource[],
  server: ServerResource,
): Omit<Description, "name"> {
  const groups = resources.filter(({ id }) => server.securityGroupIds.includes(id));
  const rules = ofType(
    resources,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ).filter(({ outputs }) => server.securityGroupIds.includes(String(outputs.securityGroupId)));
  const from = [...new Set(rules.map(({ outputs }) => String(outputs.cidrIpv4)))];
  return {
    facts: [
      ["transferFamily"],
      ["ports", rules.map(portsOf).join(", ")],
      ["allowedFrom", from.join(", ")],
    ],
    resources: [server.resource, ...groups, ...rules].map(label),
  };
}

function portsOf({ outputs }: Resource): string {
  const { fromPort, toPort } = outputs;
  return fromPort === toPort ? String(fromPort) : `${String(fromPort)}-${String(toPort)}`;
}

/** Everything between the server and the function. */
export function apiOf(resources: readonly Resource[]): Resource[] {
  return resources.filter(
    ({ type, name }) =>
      type.startsWith("aws:apigateway/") ||
      type === "aws:lambda/permission:Permission" ||
      (type.startsWith("aws:iam/role") && name.includes("-identity")),
  );
}

/** The function that decides on logins, and how. */
export function loginOf(resources: readonly Resource[]): Description {
  const functions = ofType(resources, "aws:lambda/function:Function");
  const { variables = {} } = (functions
    .map(({ outputs }) => outputs.environment as { variables?: Record<string, string> } | undefined)
    .find((environment) => environment?.variables?.LOCKOUT_FAILURES !== undefined) ?? {}) as {
    variables?: Record<string, string>;
  };
  const login = functions.find(
    ({ outputs }) =>
      (outputs.environment as { variables?: object } | undefined)?.variables === variables,
  );
  const table = ofType(resources, "aws:dynamodb/table:Table").find(
    ({ outputs }) => outputs.name === variables.TABLE_NAME,
  );
  const hasApi = ofType(resources, "aws:apigateway/stage:Stage").length > 0;
  const { LOCKOUT_FAILURES: failures, LOCKOUT_WINDOW_SECONDS: seconds, USER_STORE } = variables;
  const facts: Fact[] = [
    [hasApi ? "overApi" : "overInvoke"],
    ["userStore", USER_STORE === "secretsmanager" ? "Secrets Manager" : "DynamoDB"],
    ...(failures === undefined ? [] : [["lockout", Number(failures), Number(seconds)] as const]),
  ];
  return {
    name: login?.name,
    facts,
    resources: [...functions.filter((one) => one === login), ...(table ? [table] : [])].map(label),
  };
}

/** The bucket, and what becomes of files in it. */
export function filesOf({ resources, outputs }: EvaluatedStack): Description {
  const buckets = ofType(resources, "aws:s3/bucket:Bucket");
  const bucket = buckets.find(({ id }) => id === outputs.bucket) ?? buckets[0];
  const about = resources.filter(
    ({ type, outputs }) => type.startsWith("aws:s3/") && outputs.bucket === bucket?.id,
  );
  const role = resources.filter(
    ({ type, name }) => type.startsWith("aws:iam/role") && name.includes("-files"),
  );
  const setting = (type: string) => about.find((one) => one.type.endsWith(`:${type}`))?.outputs;
  const versioning = setting("BucketVersioning")?.versioningConfiguration as
    { status?: string } | undefined;
  const rules = (setting("BucketLifecycleConfiguration")?.rules ?? []) as readonly {
    noncurrentVersionExpiration?: { noncurrentDays?: number };
  }[];
  const days = rules
    .map(({ noncurrentVersionExpiration }) => noncurrentVersionExpiration?.noncurrentDays)
    .find((value) => value !== undefined);
  const [encryption] = (setting("BucketServerSideEncryptionConfiguration")?.rules ??
    []) as readonly {
    applyServerSideEncryptionByDefault?: { sseAlgorithm?: string };
  }[];
  const algorithm = encryption?.applyServerSideEncryptionByDefault?.sseAlgorithm;
  return {
    name: bucket?.name,
    facts: [
      ["versioning", versioning?.status === "Enabled"],
      ...(days === undefined ? [] : [["oldVersions", days] as const]),
      ...(algorithm === undefined ? [] : [["encrypted", algorithm] as const]),
    ],
    resources: [...(bucket ? [bucket] : []), ...about, ...role].map(label),
  };
}

/** Where events of uploads go: rules of the stack on what Transfer Family sends. */
export function uploadRules(resources: readonly Resource[]): Description {
  const rules = ofType(resources, "aws:cloudwatch/eventRule:EventRule").filter(({ outputs }) =>
    String(outputs.eventPattern).includes("aws.transfer"),
  );
  const names = rules.map(({ name }) => name);
  const targets = ofType(resources, "aws:cloudwatch/eventTarget:EventTarget").filter(
    ({ outputs }) => rules.some((rule) => outputs.rule === rule.id || outputs.rule === rule.name),
  );
  return {
    name: names[0],
    facts: [["eventBridge"], ["eventRules", rules.length, targets.length]],
    resources: [...rules, ...targets].map(label),
  };
}
