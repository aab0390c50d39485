import { devicePassword } from "../../lib/device-credentials";
import type { TwinUser } from "../options";

/** The user of a twin that has no other; the password is new at every start. */
export function generateUser(): TwinUser {
  return { name: "myuser", password: devicePassword() };
}
