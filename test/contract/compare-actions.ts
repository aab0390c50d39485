import type { Resource } from "../../lib/stack/resource";
import { type Actions, allActions, isUnlimited } from "../../resources/actions";
import { fieldAt } from "../../resources/rejections";
import { added, type Difference, leftOut } from "./action-differences";
import type { PublishedActions } from "./aws-models";
import { cloudFormationType, withoutSchema } from "./cloudformation-types";

/** Actions that AWS allows on all resources only, although the reference has a resource type for them. */
const unlimitedInPractice: Readonly<Record<string, string>> = {
  "cloudwatch:DescribeAlarms":
    "a request is authorized on alarm:*, whichever names it has (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/permissions-reference-cw.html)",
};

/** ARNs that the reference has in another form than requests. */
const formsInPractice: Readonly<Record<string, string>> = {
  "arn:{partition}:glue:{region}:{account}:catalog":
    "the catalog of an account has no name (https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html)",
};

export interface ActionComparison {
  /** What is wrong, a line each. */
  readonly complaints: string[];
  /** Differences that have a reason. */
  readonly explained: number;
}

/** Compares the actions of each type with what AWS publishes for it. */
export function compareActions(
  types: Readonly<Record<string, Actions>>,
  { handlers, authorization }: PublishedActions,
  resources: readonly Pick<Resource, "type" | "inputs">[],
): ActionComparison {
  const complaints: string[] = [];
  const used = new Set<string>();
  const explained = new Set<string>();
  const explain = (list: readonly Difference[], type: string, action: string): boolean => {
    const matching = list.flatMap(({ types: only, actions }, row) =>
      !only || only.some((name) => same(name, type))
        ? actions
            .filter((pattern) => wildcard(pattern).test(action))
            .map((pattern) => ({ row, pattern }))
        : [],
    );
    for (const { row, pattern } of matching) used.add(keyOf(list, row, pattern));
    if (matching.length > 0) explained.add(`${type} ${action}`);
    return matching.length > 0;
  };

  const siblings = new Map<string, Set<string>>();
  for (const [type, actions] of Object.entries(types)) {
    const name = cloudFormationType(type).toLowerCase();
    siblings.set(name, new Set([...(siblings.get(name) ?? []), ...withRole(actions)].map(lower)));
  }
  for (const [type, actions] of Object.entries(types)) {
    complaints.push(...againstReference(type, actions, authorization));
    const name = cloudFormationType(type);
    const listed = handlers[name] ?? withoutSchema[type];
    if (!listed) {
      complaints.push(`${type}: ${name} has no schema; add its name to cloudformation-types.ts`);
      continue;
    }
    const granted = siblings.get(name.toLowerCase())!;
    for (const action of listed) {
      if (granted.has(lower(action)) || explain(leftOut, name, action)) continue;
      complaints.push(`${type}: AWS lists ${action}, which it does not have`);
    }
    const known = new Set(listed.map(lower));
    for (const action of withRole(actions)) {
      if (known.has(lower(action)) || explain(added, name, action)) continue;
      complaints.push(`${type}: ${action} is not what AWS lists for ${name}`);
    }
  }
  for (const list of [leftOut, added]) {
    list.forEach(({ types: only = [], actions, without = [] }, row) => {
      for (const pattern of actions) {
        if (used.has(keyOf(list, row, pattern))) continue;
        complaints.push(`${only.join(", ")}: the reason for ${pattern} explains no difference`);
      }
      const contradicted = resources.filter(
        (resource) =>
          resource.type in types &&
          (only.length === 0 ||
            only.some((name) => same(name, cloudFormationType(resource.type)))) &&
          without.some((input) => isSet(fieldAt(resource.inputs, input))),
      );
      for (const { type } of contradicted) {
        complaints.push(
          `${type} sets one of ${without.join(", ")}: ${actions.join(", ")} no longer has a reason`,
        );
      }
    });
  }
  return { complaints, explained: explained.size };
}

/** Whether each action exists, and is limited to ARNs that it accepts; and each ARN is one that an action accepts. */
function againstReference(
  type: string,
  actions: Actions,
  authorization: PublishedActions["authorization"],
): string[] {
  const complaints: string[] = [];
  const accepted = new Set(actions.on.filter((arn) => arn in formsInPractice));
  for (const action of allActions(actions)) {
    const formats = authorization[action];
    if (!formats) {
      complaints.push(`${type}: ${action} is not in the Service Authorization Reference`);
    } else if (isUnlimited(action)) {
      if (formats.length === 0 || action in unlimitedInPractice) continue;
      complaints.push(`${type}: ${action} can be limited to a resource`);
    } else {
      const fitting = actions.on.filter((arn) => formats.some((format) => fits(arn, format)));
      for (const arn of fitting) accepted.add(arn);
      if (fitting.length > 0) continue;
      complaints.push(`${type}: ${action} accepts none of ${actions.on.join(", ")}`);
    }
  }
  for (const arn of actions.on) {
    if (!accepted.has(arn)) complaints.push(`${type}: no action accepts ${arn}`);
  }
  return complaints;
}

const fits = (arn: string, format: string): boolean =>
  wildcard(format.replace(/\$\{\w+\}/g, "*").replaceAll(".*", "*")).test(
    arn.replace(/[{}*]/g, "x"),
  );

const withRole = (actions: Actions): string[] => [
  ...allActions(actions),
  ...(actions.passesRoleTo ? ["iam:PassRole"] : []),
];

const lower = (text: string): string => text.toLowerCase();
const same = (a: string, b: string): boolean => lower(a) === lower(b);
const isSet = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isSet) : value !== undefined && value !== false;
const keyOf = (list: readonly Difference[], row: number, pattern: string): string =>
  `${list === added ? "added" : "left out"} ${row} ${pattern}`;

const patterns = new Map<string, RegExp>();

/** Text in which `*` is any text. */
function wildcard(text: string): RegExp {
  const known =
    patterns.get(text) ?? new RegExp(`^${text.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
  patterns.set(text, known);
  return known;
}
