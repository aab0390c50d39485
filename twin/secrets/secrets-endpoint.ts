import { accessDenied, Caller, serviceEndpoint, serviceError } from "../function/service-endpoint";
import type { LoopbackServer } from "../loopback-server";
import type { Secrets } from "./secrets";

export interface SecretsEndpointOptions {
  readonly secrets: Secrets;
  readonly caller: Caller;
  /** ARN of a secret with the given name. */
  readonly secretArn: (name: string) => string;
}

/** Secrets Manager for one function: GetSecretValue of the secrets that the function's role may read. */
export function secretsEndpoint({
  secrets,
  caller,
  secretArn,
}: SecretsEndpointOptions): LoopbackServer {
  return serviceEndpoint(async ({ operation, body }) => {
    if (operation !== "GetSecretValue") {
      const message = `The twin's Secrets Manager does not implement ${operation}.`;
      return serviceError("InvalidAction", message);
    }
    const { SecretId } = JSON.parse(body.toString()) as { SecretId: string };
    const denied = accessDenied(caller, "secretsmanager:GetSecretValue", secretArn(SecretId));
    if (denied) return denied;
    const SecretString = secrets.get(SecretId);
    if (SecretString !== undefined) {
      return { status: 200, body: JSON.stringify({ Name: SecretId, SecretString }) };
    }
    const message = "Secrets Manager can't find the specified secret.";
    return serviceError("ResourceNotFoundException", message);
  });
}
