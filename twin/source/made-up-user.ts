import { devicePassword } from "../../lib/device-credentials";
import type { TwinUser } from "../options";

/** Who logs in when nobody was named; another password at every start. */
export function madeUpUser(): TwinUser {
  return { name: "myuser", password: devicePassword() };
}
