import type { runtime } from "@pulumi/pulumi";

import { apigateway } from "./apigateway";
import type { Answer, Answerer, AnswerContext } from "./context";
import { dynamodb } from "./dynamodb";
import { ec2 } from "./ec2";
import { events } from "./events";
import { glue } from "./glue";
import { iam } from "./iam";
import { invokes } from "./invokes";
import { lambda } from "./lambda";
import { network } from "./network";
import { observability } from "./observability";
import { route53 } from "./route53";
import { s3 } from "./s3";
import { soracom } from "./soracom";
import { transfer } from "./transfer";
import { vpc } from "./vpc";

const answerers: Record<string, Answerer> = {
  ...apigateway,
  ...dynamodb,
  ...ec2,
  ...events,
  ...glue,
  ...iam,
  ...lambda,
  ...network,
  ...observability,
  ...route53,
  ...s3,
  ...soracom,
  ...transfer,
  ...vpc,
};

/**
 * The outputs a resource's provider would give.
 *
 * @throws Error for a type nobody has written an answer for: a made-up output would break far from its cause
 */
export function answer(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  context: AnswerContext,
): Answer {
  // The program's own components are made of their children and answer nothing themselves.
  if (type.startsWith("canal-ftp:")) return { id: "", outputs: {} };
  const answerer = answerers[type];
  if (answerer) {
    const given = answerer(name, inputs, context);
    return { ...given, outputs: { ...tagsAll(inputs, context), ...given.outputs } };
  }
  throw new Error(
    `The twin has no answer for a resource of type ${type} (${name}). Known types: ${Object.keys(answerers).join(", ")}.`,
  );
}

function tagsAll(inputs: Record<string, unknown>, context: AnswerContext) {
  const tags = inputs.tags as Record<string, string> | undefined;
  return tags ? { tagsAll: { ...context.defaultTags, ...tags } } : {};
}

/** What a look-up of the program (an `aws.get…` call) would find. */
export function answerInvoke(
  token: string,
  inputs: Record<string, unknown>,
  context: AnswerContext,
): runtime.MockCallResult {
  const invoke = invokes[token];
  if (!invoke) throw new Error(`The twin has no answer for the look-up ${token}.`);
  return invoke(inputs, context) as runtime.MockCallResult;
}
