import { createHash } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import type { InitialUser } from "../components/identity-provider";
import { hashPassword } from "../lambdas/identity-provider/password";
import type { UserConfig } from "./rules";

/**
 * Turns configured users into records: the password goes no further than here, only its hash does, as a secret.
 *
 * The salt is made from the site and the user's name. It has to be the same at every evaluation, or each run
 * would show a change of every user; and it must not come from the password, or it would be a fast hash of it.
 */
export function initialUsers(owner: string, users: readonly UserConfig[]): InitialUser[] {
  for (const user of users) warnOfDevices(user);
  return users.map(({ name, password }) => ({
    name,
    passwordHash: pulumi.secret(hashPassword(password, { salt: saltOf(owner, name) })),
  }));
}

function saltOf(owner: string, name: string): Buffer {
  return createHash("sha256").update(`${owner}/${name}`).digest().subarray(0, 16);
}

/** The smallest fields found in devices' manuals hold names of 12 and passwords of 15 letters and digits. */
function warnOfDevices({ name, password }: UserConfig): void {
  if (!/^[a-z0-9-]{3,12}$/.test(name)) {
    void pulumi.log.warn(
      `User ${name}: some devices take names of 3 to 12 of a-z, 0-9 and - only.`,
    );
  }
  if (!/^[A-Za-z0-9]{1,15}$/.test(password)) {
    void pulumi.log.warn(
      `User ${name}: some devices take passwords of 15 letters and digits at most.`,
    );
  }
  if (password.length < 8) {
    void pulumi.log.warn(`User ${name}: a password of less than 8 characters is soon guessed.`);
  }
}
