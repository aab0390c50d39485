import { EvaluatedStack, label, ofType, Resource, variablesOf } from "../../lib/stack/resource";
import type { ServerResource } from "../wiring/find-server";
import type { Fact, Part } from "./part";

type PartContents = Pick<Part, "name" | "facts" | "resources">;

/** The endpoint: its open ports and allowed ranges, from the rules of its security groups. */
export function endpointOf(
  resources: readonly Resource[],
  server: ServerResource,
): Omit<PartContents, "name"> {
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

/** The resources between the server and the login function. */
export function apiOf(resources: readonly Resource[]): Resource[] {
  return resources.filter(
    ({ type, name }) =>
      type.startsWith("aws:apigateway/") ||
      type === "aws:lambda/permission:Permission" ||
      (type.startsWith("aws:iam/role") && name.includes("-identity")),
  );
}

/** The login function and its settings. */
export function loginOf(resources: readonly Resource[]): PartContents {
  const functions = ofType(resources, "aws:lambda/function:Function");
  const login = functions.find((resource) => variablesOf(resource).LOCKOUT_FAILURES !== undefined);
  const variables = login ? variablesOf(login) : {};
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
    resources: [...(login ? [login] : []), ...(table ? [table] : [])].map(label),
  };
}

/** The bucket with its versioning, lifecycle and encryption. */
export function filesOf({ resources, outputs }: EvaluatedStack): PartContents {
  const buckets = ofType(resources, "aws:s3/bucket:Bucket");
  const bucket = buckets.find(({ id }) => id === outputs.bucket) ?? buckets[0];
  const settings = resources.filter(
    ({ type, outputs }) => type.startsWith("aws:s3/") && outputs.bucket === bucket?.id,
  );
  const role = resources.filter(
    ({ type, name }) => type.startsWith("aws:iam/role") && name.includes("-files"),
  );
  const setting = (type: string) =>
    settings.find((resource) => resource.type.endsWith(`:${type}`))?.outputs;
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
    resources: [...(bucket ? [bucket] : []), ...settings, ...role].map(label),
  };
}

/** The stack's rules for events of Transfer Family. */
export function uploadRules(resources: readonly Resource[]): PartContents {
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
