import type { Dialogue } from "../dialogue";
import { onCommand, onReply, type Rule } from "../finding";

/** The smallest fields for user and password met in devices' manuals. */
const smallFields = { user: 12, password: 15 };

/** How the device logs in. `passwordLengthOf` returns the length of a user's password, where it is known. */
export function loginRules(
  passwordLengthOf: (user: string) => number | undefined = () => undefined,
): readonly Rule[] {
  const isCut = ({ user = "", passwordLength = 0 }: Dialogue): boolean =>
    passwordLength > 0 && passwordLength < (passwordLengthOf(user) ?? 0);
  return [
    {
      id: "user-name",
      severity: "fails",
      remedy: "Use 3 to 100 characters: letters, digits and _ first, then also @ . -",
      detect: onCommand(["USER"], (_, name) =>
        /^\w[\w@.-]{2,99}$/.test(name) ? "" : `AWS takes no user name "${name}".`,
      ),
    },
    {
      id: "password-cut",
      severity: "fails",
      remedy: "Give the user a password that the device's field can hold.",
      detect: onReply("PASS", /^530 /, (dialogue) =>
        isCut(dialogue)
          ? `${dialogue.user}'s password has ${passwordLengthOf(dialogue.user ?? "")} characters, ` +
            `and the device sent ${dialogue.passwordLength}.`
          : undefined,
      ),
    },
    {
      id: "login-refused",
      severity: "fails",
      remedy: "Check name and password; after repeated failures the user is locked for a while.",
      detect: onReply("PASS", /^530 /, (dialogue) =>
        isCut(dialogue) ? undefined : `The login as "${dialogue.user ?? ""}" was refused.`,
      ),
    },
    {
      id: "long-credentials",
      severity: "note",
      remedy:
        `Prefer names of ${smallFields.user} characters and passwords of ${smallFields.password}: ` +
        "some devices hold no more.",
      detect: onReply("PASS", /^230 /, ({ user = "", passwordLength = 0 }) =>
        user.length > smallFields.user || passwordLength > smallFields.password
          ? `The name has ${user.length} characters and the password ${passwordLength}.`
          : undefined,
      ),
    },
    {
      id: "short-password",
      severity: "note",
      remedy: `Use ${smallFields.password} characters where the device can hold them.`,
      detect: onReply("PASS", /^230 /, ({ passwordLength = 0 }) =>
        passwordLength <= 8 ? `The password has ${passwordLength} characters.` : undefined,
      ),
    },
    {
      id: "tls",
      severity: "note",
      remedy: "Set the device to plain FTP; many go on by themselves.",
      detect: onCommand(
        ["AUTH"],
        () => "The device asks for TLS, which a plain FTP server has not.",
      ),
    },
  ];
}
