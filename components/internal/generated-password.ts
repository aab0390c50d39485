import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";

/** A command that prints a password of 192 random bits; every shell understands its double quotes. */
export const passwordLine = `node -p "JSON.stringify({password:require('node:crypto').randomBytes(24).toString('base64url')})"`;

/**
 * A generated password: created once, on the machine that deploys, and kept encrypted in the state.
 * `pulumi up --replace` with the resource's URN creates another.
 */
export function generatedPassword(
  name: string,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const made = new command.local.Command(
    name,
    // It prints the password, which must not reach the terminal, nor the state in plain text.
    { create: passwordLine, logging: "none" },
    { ...opts, additionalSecretOutputs: ["stdout"] },
  );
  return pulumi
    .secret(made.stdout)
    .apply((stdout) => (JSON.parse(stdout) as { password: string }).password);
}
