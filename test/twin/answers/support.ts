import { answer } from "../../../twin/answers";
import { AnswerContext, type Answer } from "../../../twin/answers/context";
import type { Resource } from "../../../twin/evaluation/resource";

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
