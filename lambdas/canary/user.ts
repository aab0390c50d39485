/** The canary's own user; its folder is `users/canary`, and the name is reserved. */
export const canaryUser = "canary";
