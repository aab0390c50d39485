import { createHash } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import type { InitialUser } from "../components/identity-provider";
import { hashPassword } from "../lambdas/identity-provider/password";
import { nameWarnings, passwordWarnings } from "./device-credentials";
import type { UserConfig } from "./rules";

/**
 * Turns configured users into records: the password goes no further than here, only its hash does, as a secret.
 *
 * The salt is made from the site and the user's name. It has to be the same at every evaluation, or each run
 * would show a change of every user; and it must not come from the password, or it would be a fast hash of it.
 */
export function initialUsers(owner: string, users: readonly UserConfig[]): InitialUser[] {
  for (const { name, password } of users) {
    for (const warning of [...nameWarnings(name), ...passwordWarnings(name, password)]) {
      void pulumi.log.warn(warning);
    }
  }
  return users.map(({ name, password }) => ({
    name,
    passwordHash: pulumi.secret(hashPassword(password, { salt: saltOf(owner, name) })),
  }));
}

function saltOf(owner: string, name: string): Buffer {
  return createHash("sha256").update(`${owner}/${name}`).digest().subarray(0, 16);
}
