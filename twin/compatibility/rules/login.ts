import type { RefusalCode } from "../../ftp/service";
import { onCommand, onReply, type Rule } from "../finding";

/** The smallest fields for user and password met in devices' manuals. */
const smallFields = { user: 12, password: 15 };

/** A rule for logins that were refused with this code; the twin's reason is the problem. */
function refusedLogin(code: RefusalCode): Rule["detect"] {
  return onReply("PASS", /^530 /, ({ refusal, refusalReason }) =>
    refusal === code ? refusalReason : undefined,
  );
}

/** How the device logs in. */
export const loginRules: readonly Rule[] = [
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
    detect: refusedLogin("password-cut"),
  },
  {
    id: "password-former",
    severity: "fails",
    remedy: "Enter the user's present password, which the twin prints at its start.",
    detect: refusedLogin("password-former"),
  },
  {
    id: "login-refused",
    severity: "fails",
    remedy: "Check name and password; after repeated failures the user is locked for a while.",
    detect: onReply("PASS", /^530 /, ({ user = "", refusal, refusalReason }) =>
      refusal === "password-cut" || refusal === "password-former"
        ? undefined
        : `The login as "${user}" was refused: ${refusalReason}`,
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
    detect: onCommand(["AUTH"], () => "The device asks for TLS, which a plain FTP server has not."),
  },
];
