import type { SoracomKey } from "./check";

/**
 * ESC environment with the SORACOM key of a stack, as YAML (JSON is YAML). Pulumi Cloud encrypts what is under
 * fn::secret as it takes the environment.
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

/** ESC environment that logs people in to a stack's AWS account for an hour: no key of AWS is kept anywhere. */
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
