/** Key that marks a special object, such as a secret, in Pulumi's protocol and state. */
export const signatureKey = "4dabf18193072939515e22adb298388d";

/** Value of that key for a secret. */
export const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
