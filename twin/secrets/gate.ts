import {
  Caller,
  refuse,
  ServiceCall,
  ServiceEndpoint,
  serviceError,
  ServiceReply,
} from "../function/service-endpoint";
import type { Secrets } from "./secrets";

export interface SecretsGateOptions {
  readonly secrets: Secrets;
  readonly caller: Caller;
  /** ARN of a secret, from its name. */
  readonly secretArn: (name: string) => string;
}

/** Secrets Manager as a function sees it: GetSecretValue, for the secrets that the function's role may read. */
export function secretsGate({ secrets, caller, secretArn }: SecretsGateOptions): ServiceEndpoint {
  return new ServiceEndpoint(({ operation, body }: ServiceCall): Promise<ServiceReply> => {
    if (operation !== "GetSecretValue") {
      const message = `The twin's Secrets Manager has no ${operation}.`;
      return Promise.resolve(serviceError("InvalidAction", message));
    }
    const { SecretId } = JSON.parse(body.toString()) as { SecretId: string };
    const refusal = refuse(caller, "secretsmanager:GetSecretValue", secretArn(SecretId));
    if (refusal) return Promise.resolve(refusal);
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
