import { hashPassword } from "../../lambdas/identity-provider/password";
import type { TwinUser } from "../options";
import type { Secrets } from "./secrets";

/** Writes a secret for each user, as the stack's operator would, with the hash of the password. */
export async function putUserSecrets(
  secrets: Secrets,
  serverId: string,
  users: readonly TwinUser[],
): Promise<void> {
  for (const { name, password } of users) {
    const fields = { Password: await hashPassword(password) };
    secrets.put(`aws/transfer/${serverId}/${name}`, JSON.stringify(fields));
  }
}
