import type { RefusalCode } from "../../ftp/service";
import { onCommand, onReply, type Rule } from "../finding";

/** The smallest fields for user and password in devices' manuals. */
const smallFields = { user: 12, password: 15 };

/** A rule for logins that were refused with this code; the twin's reason is the problem text. */
function refusedLogin(code: RefusalCode): Rule["detect"] {
  return onReply("PASS", /^530 /, ({ refusal, refusalReason }) =>
    refusal === code ? refusalReason : undefined,
  );
}

/** Rules for logins. */
export const loginRules: readonly Rule[] = [
  {
    id: "user-name",
    severity: "fails",
    remedy: "Use 3 to 100 characters: letters, digits and _ first, then also @ . -",
    detect: onCommand(["USER"], (_, name) =>
      /^\w[\w@.-]{2,99}$/.test(name) ? "" : `AWS does not accept the user name "${name}".`,
    ),
  },
  {
    id: "password-cut",
    severity: "fails",
    remedy: "Give the user a password that fits the device's field.",
    detect: refusedLogin("password-cut"),
  },
  {
    id: "password-former",
    severity: "fails",
    remedy: "Enter the user's current password, which the twin prints when it starts.",
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
      `Use names of up to ${smallFields.user} characters and passwords of up to ${smallFields.password}: ` +
      "the fields of some devices are no longer.",
    detect: onReply("PASS", /^230 /, ({ user = "", passwordLength = 0 }) =>
      user.length > smallFields.user || passwordLength > smallFields.password
        ? `The name has ${user.length} characters and the password ${passwordLength}.`
        : undefined,
    ),
  },
  {
    id: "short-password",
    severity: "note",
    remedy: `Use ${smallFields.password} characters if the device's field allows it.`,
    detect: onReply("PASS", /^230 /, ({ passwordLength = 0 }) =>
      passwordLength <= 8 ? `The password has ${passwordLength} characters.` : undefined,
    ),
  },
  {
    id: "tls",
    severity: "note",
    remedy: "Set the device to plain FTP; many devices continue without TLS automatically.",
    detect: onCommand(
      ["AUTH"],
      () => "The device requests TLS, which a plain FTP server does not support.",
    ),
  },
];
