/**
 * Whether the text can be the name of a Transfer Family user: 3 to 100 ASCII letters, digits, `_`, `@`,
 * `.` and `-`, beginning with a letter, a digit or `_`
 * (https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateUser.html).
 *
 * The set contains no `/`, `#`, `*`, `?`, `$` or quote, so a name can be part of an object key, a table key, a
 * secret's name and a policy without escaping.
 */
export function isUserName(text: string): boolean {
  return /^\w[\w@.-]{2,99}$/.test(text);
}
