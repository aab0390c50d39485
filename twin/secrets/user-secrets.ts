import { hashPassword } from "../../lambdas/identity-provider/password";
import { secretNameOf } from "../../lambdas/identity-provider/stores/secret-name";
import type { TwinUser } from "../options";
import type { Secrets } from "./secrets";

/**
 * Writes a secret for each user, as the stack's operator would, with the hash of the password.
 *
 * @param names - Pattern of the secrets' names, the function's SECRET_NAME.
 */
export async function putUserSecrets(
  secrets: Secrets,
  serverId: string,
  names: string,
  users: readonly TwinUser[],
): Promise<void> {
  for (const { name, password } of users) {
    const fields = { Password: await hashPassword(password) };
    secrets.put(secretNameOf(names, serverId, name), JSON.stringify(fields));
  }
}
