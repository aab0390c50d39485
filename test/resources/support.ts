import { answer } from "../../resources";
import { AnswerContext, type Answer } from "../../resources/context";
import type { Resource } from "../../lib/stack/resource";

/** What is answered for a resource in Ireland, beside these others. */
export function answered(
  type: string,
  name: string,
  inputs: Record<string, unknown> = {},
  resources: readonly Resource[] = [],
): Answer {
  const config = { "aws:region": "eu-west-1", "aws:allowedAccountIds": '["210987654321"]' };
  return answer(type, name, inputs, new AnswerContext(config, () => resources));
}
