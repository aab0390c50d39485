/** The canary's own user; its folder is `users/canary`, and no device can have the name. */
export const canaryUser = "canary";
