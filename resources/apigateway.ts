import { Answerer, hex, physicalName } from "./context";

/** API Gateway's ids are ten letters and digits. */
const apiId = (name: string) => hex(name, 10);

export const apigateway: Record<string, Answerer> = {
  "aws:apigateway/restApi:RestApi": (name, inputs, context) => {
    const id = apiId(name);
    return {
      id,
      outputs: {
        name: physicalName(inputs.name, name),
        arn: `arn:${context.partition}:apigateway:${context.region}::/restapis/${id}`,
        executionArn: context.arn("execute-api", id),
        rootResourceId: hex(`${name} root`, 10),
      },
    };
  },

  "aws:apigateway/deployment:Deployment": (name) => ({ id: hex(name, 6), outputs: {} }),

  "aws:apigateway/stage:Stage": (_name, inputs, context) => {
    const [api, stage] = [String(inputs.restApi), String(inputs.stageName)];
    return {
      id: `ags-${api}-${stage}`,
      outputs: {
        invokeUrl: `https://${api}.execute-api.${context.region}.amazonaws.com/${stage}`,
        executionArn: context.arn("execute-api", `${api}/${stage}`),
      },
    };
  },

  "aws:apigateway/methodSettings:MethodSettings": (_name, inputs) => ({
    id: `${String(inputs.restApi)}-${String(inputs.stageName)}-${String(inputs.methodPath)}`,
    outputs: {},
  }),
};
