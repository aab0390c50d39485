import { actions } from "./actions";
import { hex, physicalName } from "./context";
import { costsNothing, countOf, loginsPerMonth } from "./cost-item";
import type { Service } from "./resource-type";
import { usedBy } from "./rejections";

const page = "amazonapigatewaymanagement";
/** API Gateway generates the ids of its APIs, and its actions are those of HTTP. */
const apis = "arn:{partition}:apigateway:{region}::/restapis";
const oneApi = `${apis}/*`;
const tags = "arn:{partition}:apigateway:{region}::/tags/*";

export const apigateway: Service = {
  types: {
    "aws:apigateway/account:Account": { cost: costsNothing.setting },

    "aws:apigateway/restApi:RestApi": {
      create: (name, inputs, context) => {
        const id = hex(name, 10);
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
      replacedBy: [],
      actions: actions(page, [apis, oneApi, tags], {
        create: ["apigateway:POST", "apigateway:PUT"],
        read: ["apigateway:GET"],
        update: ["apigateway:PATCH", "apigateway:PUT"],
        delete: ["apigateway:DELETE"],
      }),
      cost: "requests are billed with its stage",
    },

    "aws:apigateway/deployment:Deployment": {
      create: (name) => ({ id: hex(name, 6), outputs: {} }),
      replacedBy: ["restApi", "triggers"],
      rejectDelete: usedBy(
        "BadRequestException: Active stages pointing to this deployment must be moved or deleted",
        ["aws:apigateway/stage:Stage", "deployment"],
      ),
      actions: actions(page, oneApi, {
        create: ["apigateway:POST"],
        read: ["apigateway:GET"],
        update: ["apigateway:PATCH"],
        delete: ["apigateway:DELETE"],
      }),
      cost: "a snapshot of the API",
    },

    "aws:apigateway/stage:Stage": {
      create: (_name, inputs, context) => {
        const [api, stage] = [String(inputs.restApi), String(inputs.stageName)];
        return {
          id: `ags-${api}-${stage}`,
          outputs: {
            invokeUrl: `https://${api}.execute-api.${context.region}.amazonaws.com/${stage}`,
            executionArn: context.arn("execute-api", `${api}/${stage}`),
          },
        };
      },
      replacedBy: ["restApi", "stageName"],
      actions: actions(page, [apis, oneApi, tags], {
        create: ["apigateway:POST", "apigateway:PUT"],
        read: ["apigateway:GET"],
        update: ["apigateway:PATCH"],
        delete: ["apigateway:DELETE"],
      }),
      cost: [
        {
          name: "API Gateway",
          price: "api.million",
          formula: "logins / 10^6, with identityProvider apiGateway",
          units: (stack) =>
            countOf(stack, "aws:apigateway/stage:Stage") > 0 ? loginsPerMonth(stack) / 1e6 : 0,
        },
      ],
    },

    "aws:apigateway/methodSettings:MethodSettings": {
      create: (_name, inputs) => ({
        id: `${String(inputs.restApi)}-${String(inputs.stageName)}-${String(inputs.methodPath)}`,
        outputs: {},
      }),
      replacedBy: ["restApi", "stageName", "methodPath"],
      actions: actions(page, oneApi, {
        create: ["apigateway:PATCH"],
        read: ["apigateway:GET"],
        update: ["apigateway:PATCH"],
        delete: ["apigateway:PATCH"],
      }),
      cost: "its metrics are billed with CloudWatch's",
    },
  },
};
