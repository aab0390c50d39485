import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";

/** The method of the identity provider's API that a login is sent to. */
export interface ApiRoute {
  /** ARN of the method with server and user, which IAM and Lambda authorize. */
  readonly methodArn: string;
  /** The proxy event for the function. */
  readonly event: Record<string, unknown>;
  /** The function that the method invokes. */
  readonly invokeArn: string;
}

export interface ApiRequest {
  /** The server's `url`. */
  readonly url: string;
  readonly serverId: string;
  readonly user: string;
  readonly password: string;
  readonly protocol: string;
  readonly sourceIp: string;
}

interface OpenApi {
  readonly paths?: Record<string, Record<string, Method> | undefined>;
}

interface Method {
  readonly security?: Record<string, unknown>[];
  readonly "x-amazon-apigateway-integration"?: { type?: string; uri?: string };
}

const resourcePath = "/servers/{serverId}/users/{username}/config";

/**
 * Follows the server's URL to stage, API, method and integration, as Transfer Family's request would
 * (`GET {url}/servers/{serverId}/users/{username}/config?protocol=FTP&sourceIp=…`).
 *
 * @returns the route, or a sentence that names the resource where it ends
 */
export function routeRequest(stack: EvaluatedStack, request: ApiRequest): ApiRoute | string {
  const { url, serverId, user, password, protocol, sourceIp } = request;
  const stage = ofType(stack.resources, "aws:apigateway/stage:Stage").find(
    ({ outputs }) => outputs.invokeUrl === url,
  );
  if (!stage) return `no stage of the stack has the server's URL ${url}`;
  const api = ofType(stack.resources, "aws:apigateway/restApi:RestApi").find(
    ({ id }) => id === stage.outputs.restApi,
  );
  if (!api) return `${label(stage)} belongs to an API that the stack does not make`;
  const deployed = ofType(stack.resources, "aws:apigateway/deployment:Deployment").some(
    ({ id, outputs }) => id === stage.outputs.deployment && outputs.restApi === api.id,
  );
  if (!deployed) return `${label(stage)} has no deployment of ${label(api)}`;

  const method = methodOf(api);
  if (!method) return `${label(api)} has no GET ${resourcePath}`;
  const integration = method["x-amazon-apigateway-integration"];
  if (integration?.type !== "aws_proxy" || !integration.uri) {
    return `GET ${resourcePath} of ${label(api)} is not a Lambda proxy integration`;
  }
  const path = `/servers/${serverId}/users/${encodeURIComponent(user)}/config`;
  return {
    methodArn: `${String(stage.outputs.executionArn)}/GET${path}`,
    invokeArn: integration.uri,
    event: {
      resource: resourcePath,
      path,
      httpMethod: "GET",
      headers: { Password: password, PasswordBase64: Buffer.from(password).toString("base64") },
      queryStringParameters: { protocol, sourceIp },
      // A proxy event keeps the path parameters encoded.
      pathParameters: { serverId, username: encodeURIComponent(user) },
      requestContext: { stage: stage.outputs.stageName, identity: { sourceIp: "transfer" } },
      body: null,
      isBase64Encoded: false,
    },
  };
}

function methodOf(api: Resource): Method | undefined {
  const body = JSON.parse(String(api.outputs.body ?? "{}")) as OpenApi;
  return body.paths?.[resourcePath]?.get;
}
