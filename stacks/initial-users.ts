import * as pulumi from "@pulumi/pulumi";

import type { InitialUser } from "../components/identity-provider";
import { nameWarnings, passwordWarnings } from "../lib/device-credentials";
import type { UserConfig } from "./site-config";

/** The configured users, with warnings about names and passwords that many devices do not accept. */
export function warnedUsers(users: readonly UserConfig[]): InitialUser[] {
  for (const { name, password } of users) {
    for (const warning of [...nameWarnings(name), ...passwordWarnings(name, password)]) {
      void pulumi.log.warn(warning);
    }
  }
  return users.map(({ name, password }) => ({ name, password: pulumi.secret(password) }));
}
