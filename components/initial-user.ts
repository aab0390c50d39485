import * as pulumi from "@pulumi/pulumi";

import { hashPassword } from "../lambdas/identity-provider/password";
import type { InitialUser } from "./identity-provider";
import { userSalt } from "./internal/user-salt";

/**
 * An initial user from a name and a password. The password is hashed here, and the hash is a secret.
 *
 * @param owner - The stack that the user belongs to, for example `canal-ftp/dev`; it is a part of the salt.
 * @param scryptLn - The identity provider's own `login.scryptLn`: it replaces the record's hash after a login if the
 * hash is below it, and the next refresh would then show a change. Default 14.
 */
export function initialUser(
  owner: string,
  user: { readonly name: string; readonly password: pulumi.Input<string> },
  scryptLn = 14,
): InitialUser {
  const salt = userSalt(owner, user.name);
  return {
    name: user.name,
    passwordHash: pulumi
      .secret(user.password)
      .apply((password) => hashPassword(password, { salt, N: 2 ** scryptLn })),
  };
}
