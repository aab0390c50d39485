import type { Finding } from "../core/findings";

/** A user that exists during the checks. */
export interface TemporaryUser {
  readonly name: string;
  readonly password: string;
}

/** The user of the test login: a user, an unknown user where users are secrets (neither field), or none with the reason. */
export interface TestUser {
  readonly user?: TemporaryUser;
  readonly noUser?: Finding;
}
