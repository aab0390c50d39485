/** More failures than any test makes. */
const NEVER = "1000000";

/** Settings of the login function with which no number of failed logins locks a user. */
export const noLockout = { LOCKOUT_FAILURES: NEVER, LOCKOUT_USER_FAILURES: NEVER };
