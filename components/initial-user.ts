import { createHash } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import { hashPassword } from "../lambdas/identity-provider/password";
import type { InitialUser } from "./identity-provider";

/**
 * A user for an identity provider from a name and a password: the password goes no further than here, only its
 * hash does, as a secret.
 *
 * The salt is made from the owner and the user's name. It has to be the same at every evaluation, or each run
 * would show a change of every user; and it must not come from the password, or it would be a fast hash of it.
 *
 * @param owner what the user belongs to, for example `canal-ftp/dev`; another owner's user has another salt
 */
export function initialUser(
  owner: string,
  user: { readonly name: string; readonly password: pulumi.Input<string> },
): InitialUser {
  const salt = createHash("sha256").update(`${owner}/${user.name}`).digest().subarray(0, 16);
  return {
    name: user.name,
    passwordHash: pulumi
      .secret(user.password)
      .apply((password) => hashPassword(password, { salt })),
  };
}
