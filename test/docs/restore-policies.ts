/** The policies of docs/operating.md for roles that restore. */
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../support/stack-values";

export interface RestorePolicy {
  readonly Version: string;
  readonly Statement: readonly { readonly Action: readonly string[]; readonly Resource: unknown }[];
}

/** The JSON documents under the heading, in their order: for files, for users. */
export function restorePolicies(): { files: RestorePolicy; users: RestorePolicy } {
  const text = fs.readFileSync(path.join(root, "docs", "operating.md"), "utf8");
  const section = text.split("## Roles that restore\n")[1].split("\n## ")[0];
  const [files, users] = [...section.matchAll(/```json\n([^]*?)```/g)].map(
    ([, json]) => JSON.parse(json) as RestorePolicy,
  );
  return { files, users };
}

export function policyAllows({ Statement }: RestorePolicy, action: string): boolean {
  return Statement.some(({ Action }) => Action.includes(action));
}
