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

  "aws:lambda/eventSourceMapping:EventSourceMapping": (name, inputs, context) => {
    const uuid = hex(name, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    return {
      id: uuid,
      outputs: {
        uuid,
        arn: context.arn("lambda", `event-source-mapping:${uuid}`),
        functionArn: inputs.functionName,
        state: "Enabled",
      },
    };
  },

  "aws:lambda/permission:Permission": (name, inputs) => {
    const statementId = String(inputs.statementId ?? `${name}-${hex(name, 7)}`);
    return { id: statementId, outputs: { statementId } };
  },
};
