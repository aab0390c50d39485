import { hashPassword } from "../../lambdas/identity-provider/password";
import type { TwinUser } from "../options";
import type { Secrets } from "./secrets";

/** Writes users as the secrets an owner of a stack would make for them; a hash in place of the password. */
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
