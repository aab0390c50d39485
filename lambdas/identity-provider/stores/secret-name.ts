/**
 * Names of the users' secrets. AWS's current template uses `aws/transfer/<server id>/<user>`, its older form
 * `SFTP/<user>`, and variants use `<server id>/<user>`.
 */
export const usualSecretName = "aws/transfer/{server}/{user}";

/**
 * Whether the text is a pattern of such names: characters of a secret's name, optionally `{server}`, and `{user}` at
 * the end.
 */
export function isSecretName(pattern: string): boolean {
  return /^[\w/+=.@-]*(\{server\}[\w/+=.@-]*)?\{user\}$/.test(pattern);
}

/** The name of a user's secret. */
export function secretNameOf(pattern: string, serverId: string, user: string): string {
  return pattern.replace("{server}", serverId).replace("{user}", user);
}
