/** The path under the stage URL that Transfer Family calls (user guide, "authentication-api-gateway"). */
export const identityPath = "/servers/{serverId}/users/{username}/config";

/**
 * The identity provider's REST API as an OpenAPI document: one method, authorized by IAM, with a proxy integration.
 * Mapping templates would need to escape names and passwords, and fail for those with "@" or quotes.
 *
 * @param title - Name of the API.
 * @param functionInvokeArn - The function's invoke ARN (not its ARN).
 * @param timeoutSeconds - Timeout of the function; API Gateway allows 29 at most.
 */
export function restApiBody(title: string, functionInvokeArn: string, timeoutSeconds: number) {
  return {
    openapi: "3.0.1",
    info: { title, version: "1" },
    paths: {
      [identityPath]: {
        get: {
          parameters: ["serverId", "username"].map((name) => ({
            name,
            in: "path",
            required: true,
            schema: { type: "string" },
          })),
          responses: { "200": { description: "The user's configuration; {} refuses the login." } },
          security: [{ sigv4: [] }],
          "x-amazon-apigateway-integration": {
            type: "aws_proxy",
            httpMethod: "POST",
            uri: functionInvokeArn,
            timeoutInMillis: timeoutSeconds * 1000,
          },
        },
      },
    },
    components: {
      securitySchemes: {
        sigv4: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authtype": "awsSigv4",
        },
      },
    },
  };
}
