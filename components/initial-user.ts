import * as pulumi from "@pulumi/pulumi";

import { hashPassword } from "../lambdas/identity-provider/password";
import type { InitialUser } from "./identity-provider";
import { userSalt } from "./internal/user-salt";

/**
 * An initial user from a name and a password. The password is hashed here, and the hash is a secret.
 *
 * @param owner - The stack that the user belongs to, for example `canal-ftp/dev`; it is a part of the salt.
 */
export function initialUser(
  owner: string,
  user: { readonly name: string; readonly password: pulumi.Input<string> },
): InitialUser {
  const salt = userSalt(owner, user.name);
  return {
    name: user.name,
    passwordHash: pulumi
      .secret(user.password)
      .apply((password) => hashPassword(password, { salt })),
  };
}
