import { onCommand, onReply, type Rule } from "../finding";
import { partsOf } from "../sent-command";

/** Commands that have rules of their own. */
const explained = [
  ...["PORT", "EPRT", "LPRT", "APPE", "REST", "ALLO", "SITE", "HELP", "CLNT"],
  ...["ACCT", "REIN", "MD5", "MMD5"],
];

/** Rules for commands that the server does not support. */
export const commandRules: readonly Rule[] = [
  {
    id: "append",
    severity: "fails",
    remedy: "Have the device write a file for each set of records, and STOR the complete file.",
    detect: onCommand(
      ["APPE"],
      () => "The device appends to a file, which the server does not support.",
    ),
  },
  {
    id: "resume",
    severity: "fails",
    remedy: "Disable resuming, so that the device sends the file again from the first byte.",
    detect: onCommand(["REST"], () => "The device resumes a transfer with REST."),
  },
  {
    id: "resume-stores-from-zero",
    severity: "fails",
    remedy:
      "Have the device send the complete file after a refused REST: the server stores what it receives as the whole file.",
    detect: (event, dialogue) =>
      event.kind === "transfer" && event.direction === "upload" && dialogue.restarting
        ? `The device sent ${event.path} after a refused REST: the data is stored from byte 0.`
        : undefined,
  },
  {
    id: "allocate",
    severity: "fails",
    remedy: "Disable ALLO, or have the firmware continue after a 502.",
    detect: onCommand(
      ["ALLO"],
      () => "The device reserves space with ALLO, which is refused; some devices then stop.",
    ),
  },
  {
    id: "site-or-help",
    severity: "note",
    remedy: "Have the firmware continue after a 502, as most do.",
    detect: onCommand(
      ["SITE", "HELP", "CLNT", "ACCT", "REIN", "MD5", "MMD5"],
      (name) => `${name} is refused.`,
    ),
  },
  {
    id: "old-names",
    severity: "risk",
    remedy: "Have the device send the command without the X: AWS lists only that form.",
    detect: onCommand(
      ["XCWD", "XPWD", "XMKD", "XRMD", "XCUP"],
      (name) => `${name} is an old form of a command that AWS does not list.`,
    ),
  },
  {
    id: "unknown-command",
    severity: "fails",
    remedy: "Use firmware that does not need it: AWS lists 36 commands for FTP.",
    detect: onReply(undefined, /^502 Command /, ({ command }) =>
      explained.includes(command.name) || /^X(CUP|CWD|PWD|MKD|RMD)$/.test(command.name)
        ? undefined
        : `The server does not support the command ${command.name.slice(0, 20)}.`,
    ),
  },
  {
    id: "parameter",
    severity: "fails",
    remedy: "Use MODE S, STRU F and TYPE I.",
    detect: onReply(
      undefined,
      /^504 Command (TYPE|MODE|STRU) /,
      ({ command }) => `${command.name} ${command.argument.slice(0, 20)} is not supported.`,
    ),
  },
  {
    id: "abort",
    severity: "note",
    remedy: "Have the device close the data connection, which ends a transfer immediately.",
    detect: onCommand(["ABOR"], () => "The server reads ABOR only after the transfer has ended."),
  },
  {
    id: "modification-time",
    severity: "note",
    remedy: "Use the time of arrival, or put the device's time into the file name.",
    detect: onCommand(["MFMT"], () => "MFMT fails: the time of an S3 object cannot be set."),
  },
  {
    id: "unique-name",
    severity: "note",
    remedy: "Use STOR with a unique name: AWS does not document the form of STOU's reply.",
    detect: onCommand(["STOU"], () => "With STOU the server chooses the name."),
  },
  {
    id: "before-login",
    severity: "note",
    remedy: "Have the firmware continue after a 530, or send the command after the login.",
    detect: (event, { loggedIn }) =>
      event.kind === "command" &&
      !loggedIn &&
      ["SYST", "FEAT", "OPTS", "NOOP", "HELP", "STAT"].includes(partsOf(event.line).name)
        ? `${partsOf(event.line).name} before the login is refused.`
        : undefined,
  },
];
