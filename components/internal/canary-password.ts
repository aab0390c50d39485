import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";

/** Prints a password of 192 random bits. In double quotes, which every shell takes. */
export const passwordLine = `node -p "JSON.stringify({password:require('node:crypto').randomBytes(24).toString('base64url')})"`;

/**
 * A generated password: made once, on the machine that deploys, and kept encrypted in the
 * state. `pulumi up --replace` with the resource's URN makes another.
 */
export function generatedPassword(
  name: string,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const made = new command.local.Command(
    name,
    // What it prints is the password: not for the terminal, and not in plain in the state.
    { create: passwordLine, logging: "none" },
    { ...opts, additionalSecretOutputs: ["stdout"] },
  );
  return pulumi
    .secret(made.stdout)
    .apply((stdout) => (JSON.parse(stdout) as { password: string }).password);
}
