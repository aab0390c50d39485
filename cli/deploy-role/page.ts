import { verbs } from "./need";
import { needs } from "./needs";
import { Policy, sizeOf } from "./policy";

export type StackPolicies = Readonly<Record<string, readonly Policy[]>>;

/** What follows is made by `npm run deploy-role -- --write`. */
export const MARK = "<!-- From here on written by npm run deploy-role -- --write -->";

const REFERENCE = "https://docs.aws.amazon.com/service-authorization/latest/reference";

/** The page with its written part made anew, in the house's formatting. */
export async function pageWith(page: string, stacks: StackPolicies): Promise<string> {
  const end = page.indexOf(MARK);
  if (end < 0) throw new Error(`docs/deploy-role.md has lost its line ${MARK}`);
  const text = `${page.slice(0, end)}${MARK}\n\n${written(stacks)}`;
  return (await import("prettier")).format(text, { parser: "markdown", printWidth: 100 });
}

function written(stacks: StackPolicies): string {
  const parts = ["## Actions by resource type", tables()];
  for (const [stack, policies] of Object.entries(stacks)) {
    parts.push(`## Policies of ${stack}`);
    policies.forEach((policy, index) => {
      const heading = `Policy ${index + 1} of ${policies.length}, ${sizeOf(policy)} of 6,144 characters:`;
      parts.push(heading, `\`\`\`json\n${JSON.stringify(policy, undefined, 2)}\n\`\`\``);
    });
  }
  return `${parts.join("\n\n")}\n`;
}

/** A list for each type: a table would be too wide to read. */
function tables(): string {
  const blocks = Object.entries(needs).sort(([a], [b]) => (a < b ? -1 : 1));
  return blocks
    .map(([type, need]) => {
      const url = `${REFERENCE}/list_${need.page}.html`;
      const lines = verbs
        .filter((verb) => need[verb].length > 0)
        .map((verb) => `- ${verb}: ${code(need[verb])}`);
      const scope = `- limited to: ${code(need.on)}`;
      const everywhere = need.everywhere ? [`- on all resources: ${code(need.everywhere)}`] : [];
      return [`### ${type}`, "", ...lines, scope, ...everywhere, `- [reference](${url})`].join(
        "\n",
      );
    })
    .join("\n\n");
}

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(" ");
