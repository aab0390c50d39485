/**
 * The function that AWS Transfer Family calls for every login, through API Gateway or directly. Its environment is
 * described in settings.ts, its two events in requests.ts, its decision in authenticate.ts.
 */
import type { AuthenticatorDependencies } from "./decision";
import { Digests } from "./digests";
import { defaultParameters, scrypt } from "./password";
import { Passwords } from "./passwords";
import { createHandler } from "./provider";
import { readSettings, type Settings } from "./settings";
import { awsCall } from "./stores/aws-json";
import { DynamoDbStore } from "./stores/dynamodb";
import { SecretsManagerStore } from "./stores/secrets-manager";
import type { UserStore } from "./stores/user-store";

let dependencies: AuthenticatorDependencies | undefined;

/** The Lambda handler. Settings are read at the first event, so that invalid settings are logged and answered. */
export const handler = createHandler(
  () => (dependencies ??= createDependencies(readSettings(process.env))),
  process.env.AWS_LAMBDA_FUNCTION_NAME ?? "identity-provider",
  (line) => process.stdout.write(line),
);

function createDependencies(settings: Settings): AuthenticatorDependencies {
  return {
    store: createStore(settings),
    rules: settings.rules,
    // Users in the configuration have the default cost, as do users added before the cost was raised.
    passwords: new Passwords(settings.scrypt, scrypt, [defaultParameters]),
    digests: new Digests(settings.loginKey),
    clock: Date.now,
  };
}

function createStore({ tableName, rules, aws, userStore, secretName }: Settings): UserStore {
  const dynamodb = { name: "dynamodb", target: "DynamoDB_20120810", version: "1.0" };
  const table = new DynamoDbStore(
    awsCall({ ...dynamodb, endpoint: aws.dynamodbEndpoint }, aws),
    tableName,
    rules.lockout,
  );
  if (userStore === "dynamodb") return table;
  const secrets = { name: "secretsmanager", target: "secretsmanager", version: "1.1" };
  return new SecretsManagerStore(
    awsCall({ ...secrets, endpoint: aws.secretsManagerEndpoint }, aws),
    secretName,
    table,
  );
}
