import { invokes, resourceTypes } from "../../resources";
import { type Actions, allActions, isUnlimited, verbs } from "../../resources/actions";
import { type Policy, providerActions, sizeOf } from "./policy";

export type StackPolicies = Readonly<Record<string, readonly Policy[]>>;

/** `npx canal-ftp deploy-role --write` writes what follows this line. */
export const writtenMark =
  "<!-- npx canal-ftp deploy-role --write writes everything below this line -->";

const reference = "https://docs.aws.amazon.com/service-authorization/latest/reference";

/** The page with a new written part, formatted by prettier. */
export async function pageWith(page: string, stacks: StackPolicies): Promise<string> {
  const end = page.indexOf(writtenMark);
  if (end < 0) throw new Error(`docs/deploy-role.md does not have the line ${writtenMark}`);
  const text = `${page.slice(0, end)}${writtenMark}\n\n${written(stacks)}`;
  return (await import("prettier")).format(text, { parser: "markdown", printWidth: 100 });
}

function written(stacks: StackPolicies): string {
  const parts = [
    "## Actions by resource type",
    ...byToken(resourceTypes).flatMap(([type, { actions }]) =>
      actions && actions !== "none" ? typeSection(type, actions) : [],
    ),
    "## Actions by provider function",
    [
      `- the provider itself: ${code(providerActions)}`,
      ...byToken(invokes)
        .filter(([, { actions }]) => actions.length > 0)
        .map(([token, { actions }]) => `- ${token}: ${code(actions)}`),
    ].join("\n"),
  ];
  for (const [stack, policies] of Object.entries(stacks)) {
    parts.push(`## Policies of ${stack}`);
    policies.forEach((policy, index) => {
      const heading = `Policy ${index + 1} of ${policies.length}, ${sizeOf(policy)} of 6,144 characters:`;
      parts.push(heading, `\`\`\`json\n${JSON.stringify(policy, undefined, 2)}\n\`\`\``);
    });
  }
  return `${parts.join("\n\n")}\n`;
}

/** A list instead of a table, which would be too wide to read. */
function typeSection(type: string, actions: Actions): string {
  const list = (label: string, words: readonly string[]) =>
    words.length > 0 ? [`- ${label}: ${code(words)}`] : [];
  return [
    `### ${type}`,
    "",
    ...verbs.flatMap((verb) => list(verb, actions[verb])),
    ...list("limited to", actions.on),
    ...list("on all resources", allActions(actions).filter(isUnlimited)),
    ...(actions.limitedBy ? list("condition", [actions.limitedBy.key]) : []),
    `- [reference](${reference}/list_${actions.page}.html)`,
  ].join("\n");
}

const byToken = <T>(entries: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(" ");
