import type { SoracomKey } from "./check";

/**
 * ESC environment with the SORACOM key of a stack, as YAML (JSON is YAML). Pulumi Cloud encrypts the values of
 * fn::secret when the environment is created.
 */
export function keysEnvironment({ authKeyId, authKey }: SoracomKey): string {
  return JSON.stringify(
    {
      values: {
        environmentVariables: {
          SORACOM_AUTH_KEY_ID: { "fn::secret": authKeyId },
          SORACOM_AUTH_KEY: { "fn::secret": authKey },
        },
      },
    },
    undefined,
    2,
  );
}

/** ESC environment that logs users in to a stack's AWS account for an hour, so that no AWS key is stored. */
export function loginEnvironment(stack: string, roleArn: string): string {
  return JSON.stringify(
    {
      values: {
        aws: {
          login: {
            "fn::open::aws-login": {
              oidc: { roleArn, sessionName: `canal-ftp-${stack}`.slice(0, 64), duration: "1h" },
            },
          },
        },
        environmentVariables: {
          AWS_ACCESS_KEY_ID: "${aws.login.accessKeyId}",
          AWS_SECRET_ACCESS_KEY: "${aws.login.secretAccessKey}",
          AWS_SESSION_TOKEN: "${aws.login.sessionToken}",
        },
      },
    },
    undefined,
    2,
  );
}
