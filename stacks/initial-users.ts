import * as pulumi from "@pulumi/pulumi";

import type { InitialUser } from "../components/identity-provider";
import { initialUser } from "../components/initial-user";
import { nameWarnings, passwordWarnings } from "../lib/device-credentials";
import type { UserConfig } from "./site-config";

/** The configured users as records, with warnings about names and passwords that many devices do not accept. */
export function initialUsers(
  owner: string,
  users: readonly UserConfig[],
  scryptLn: number,
): InitialUser[] {
  for (const { name, password } of users) {
    for (const warning of [...nameWarnings(name), ...passwordWarnings(name, password)]) {
      void pulumi.log.warn(warning);
    }
  }
  return users.map((user) => initialUser(owner, user, scryptLn));
}
