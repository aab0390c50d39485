/** The path under the stage URL that Transfer Family calls (user guide, "authentication-api-gateway"). */
export const identityPath = "/servers/{serverId}/users/{username}/config";

/**
 * The identity provider's REST API as an OpenAPI document: one method, signed by IAM, handed to the function as
 * it is. A proxy integration, not mapping templates: templates have to escape names and passwords by hand, and
 * those with "@" or quotes are where they go wrong.
 *
 * @param title names the API
 * @param functionInvokeArn the function's invoke ARN (not its ARN)
 * @param timeoutSeconds how long API Gateway waits for the function; at most 29 by API Gateway's own limit
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
