import { Answerer, hex, physicalName } from "./context";

export const lambda: Record<string, Answerer> = {
  "aws:lambda/function:Function": (name, inputs, context) => {
    const functionName = physicalName(inputs.name, name);
    const arn = context.arn("lambda", `function:${functionName}`);
    const path = `2015-03-31/functions/${arn}/invocations`;
    return {
      id: functionName,
      outputs: {
        name: functionName,
        arn,
        // The form in which API Gateway names a function (provider's `invokeArn`).
        invokeArn: `arn:${context.partition}:apigateway:${context.region}:lambda:path/${path}`,
        version: "$LATEST",
      },
    };
  },

  "aws:lambda/permission:Permission": (name, inputs) => {
    const statementId = String(inputs.statementId ?? `${name}-${hex(name, 7)}`);
    return { id: statementId, outputs: { statementId } };
  },
};
