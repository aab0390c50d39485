import type { Created, Providers } from "../lib/stack/providers";
import type { Resource } from "../lib/stack/resource";
import { apigateway } from "./apigateway";
import { athena } from "./athena";
import { aws } from "./aws";
import { awsx } from "./awsx";
import { budgets } from "./budgets";
import { cloudwatch } from "./cloudwatch";
import { physicalName, ProviderContext, uuid } from "./context";
import { dynamodb } from "./dynamodb";
import { ec2 } from "./ec2";
import { glue } from "./glue";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import type { Invoke, ResourceType, Service } from "./resource-type";
import { route53 } from "./route53";
import { s3 } from "./s3";
import { scheduler } from "./scheduler";
import { secretsmanager } from "./secretsmanager";
import { sns } from "./sns";
import { soracom } from "./soracom";
import { sqs } from "./sqs";
import { transfer } from "./transfer";
import { vpc } from "./vpc";

/** In the order of the bill in docs/costs.md. */
const services: readonly Service[] = [
  transfer,
  soracom,
  ec2,
  vpc,
  awsx,
  route53,
  apigateway,
  lambda,
  dynamodb,
  secretsmanager,
  s3,
  kms,
  sqs,
  cloudwatch,
  sns,
  scheduler,
  athena,
  aws,
  budgets,
  glue,
  iam,
];

/** What is known of each resource type, by its token, for example `aws:s3/bucket:Bucket`. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = Object.fromEntries(
  services.flatMap(({ types = {} }) => Object.entries(types)),
);

/** What is known of each provider function, by its token, for example `aws:ec2/getRouteTable:getRouteTable`. */
export const invokes: Readonly<Record<string, Invoke>> = Object.fromEntries(
  services.flatMap((service) => Object.entries(service.invokes ?? {})),
);

/** The id and the outputs of a new resource, as its provider computes them. */
export function createResource(
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  context: ProviderContext,
  isCustom = true,
): Created {
  if (type.startsWith("pulumi:")) return { id: uuid(name), outputs: {} };
  const create = resourceTypes[type]?.create;
  if (!create && !isCustom) return { id: "", outputs: {} };
  const created = create?.(name, inputs, context) ?? genericOutputs(type, name, inputs, context);
  return { ...created, outputs: { ...tagsAll(inputs, context), ...created.outputs } };
}

/** A made-up id, and for AWS an ARN, of a type that is not known. */
function genericOutputs(
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  context: ProviderContext,
): Created {
  const id = physicalName(inputs.name, name);
  const [, service, kind] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
  return { id, outputs: service ? { arn: context.arn(service, `${kind}/${id}`) } : {} };
}

function tagsAll(inputs: Readonly<Record<string, unknown>>, context: ProviderContext) {
  const tags = inputs.tags as Record<string, string> | undefined;
  return tags ? { tagsAll: { ...context.defaultTags, ...tags } } : {};
}

/**
 * The result of a provider function, for example `aws.ec2.getRouteTable`.
 *
 * @throws Error for a function that is not known, because its result cannot be guessed.
 */
export function callInvoke(
  token: string,
  inputs: Readonly<Record<string, unknown>>,
  context: ProviderContext,
): Record<string, unknown> {
  const invoke = invokes[token];
  if (invoke) return invoke.result(inputs, context);
  throw new Error(
    `The program calls ${token}, whose result is not known here: add it to ${fileOf(token)}.`,
  );
}

/** Providers from the entries of this folder, for the evaluation of a program. */
export const providers: Providers = {
  create: (type, name, inputs, isCustom, state) =>
    createResource(type, name, inputs, new ProviderContext(state), isCustom),
  invoke: (token, inputs, state) => callInvoke(token, inputs, new ProviderContext(state)),
};

/** The file that a type or function belongs to: `aws:ssm/parameter:Parameter` to `resources/ssm.ts`. */
export function fileOf(token: string): string {
  const [provider, module = ""] = token.split(":");
  const [service] = module.split("/");
  return `resources/${provider === "aws" && service !== "index" ? service : provider}.ts`;
}

/**
 * Whether the resource creates nothing itself: a component, which consists of its children, or a provider. A
 * component of awsx is not among them: its own provider creates its children, and the program does not see them.
 */
export function isStructural({ type, id }: Pick<Resource, "type" | "id">): boolean {
  return type.startsWith("pulumi:") || (id === "" && !type.startsWith("awsx:"));
}

/** Types of these resources that have no entry, or an entry without this field, in alphabetical order. */
export function typesWithout(
  field: keyof ResourceType,
  resources: readonly Pick<Resource, "type" | "id">[],
): string[] {
  const types = resources
    .filter((resource) => !isStructural(resource))
    .map(({ type }) => type)
    .filter((type) => resourceTypes[type]?.[field] === undefined);
  return [...new Set(types)].sort();
}

/** A notice for each type whose outputs are not known. */
export function unknownTypeNotices(resources: readonly Pick<Resource, "type" | "id">[]): string[] {
  return typesWithout("create", resources).map(
    (type) =>
      `${type} is not known here: its outputs are its inputs, with a made-up id and ARN. To define them, add it to ${fileOf(type)}.`,
  );
}
