import {
  accessDenied,
  Caller,
  ServiceCall,
  ServiceEndpoint,
  serviceError,
  ServiceReply,
} from "../function/service-endpoint";
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
}: SecretsEndpointOptions): ServiceEndpoint {
  return new ServiceEndpoint(({ operation, body }: ServiceCall): Promise<ServiceReply> => {
    if (operation !== "GetSecretValue") {
      const message = `The twin's Secrets Manager does not implement ${operation}.`;
      return Promise.resolve(serviceError("InvalidAction", message));
    }
    const { SecretId } = JSON.parse(body.toString()) as { SecretId: string };
    const denied = accessDenied(caller, "secretsmanager:GetSecretValue", secretArn(SecretId));
    if (denied) return Promise.resolve(denied);
    const SecretString = secrets.get(SecretId);
    return Promise.resolve(
      SecretString === undefined
        ? serviceError(
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret.",
          )
        : { status: 200, body: JSON.stringify({ Name: SecretId, SecretString }) },
    );
  });
}
