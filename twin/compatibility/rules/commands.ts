import { onCommand, onReply, type Rule } from "../finding";
import { partsOf } from "../sent-command";

/** Commands with a rule of their own, here or elsewhere. */
const explained = [
  ...["PORT", "EPRT", "LPRT", "APPE", "REST", "ALLO", "SITE", "HELP", "CLNT"],
  ...["ACCT", "REIN", "MD5", "MMD5"],
];

/** Commands the server does not have, and what becomes of a device that needs them. */
export const commandRules: readonly Rule[] = [
  {
    id: "append",
    severity: "fails",
    remedy: "Have the device write one file per set of records and STOR it whole.",
    detect: onCommand(["APPE"], () => "The device appends; S3 has no append."),
  },
  {
    id: "resume",
    severity: "fails",
    remedy: "Switch resuming off, and have the device start again from the first byte.",
    detect: onCommand(["REST"], () => "The device resumes a transfer with REST."),
  },
  {
    id: "resume-stores-from-zero",
    severity: "fails",
    remedy: "Have the device send the whole file after a refused REST: what it sends is the file.",
    detect: (event, dialogue) =>
      event.kind === "transfer" && event.direction === "upload" && dialogue.restarting
        ? `After its refused REST the device sent ${event.path} all the same: it is stored from byte 0.`
        : undefined,
  },
  {
    id: "allocate",
    severity: "fails",
    remedy: "Switch ALLO off, or have the firmware go on after a 502.",
    detect: onCommand(
      ["ALLO"],
      () => "The device reserves space with ALLO; some stop when that is refused.",
    ),
  },
  {
    id: "site-or-help",
    severity: "note",
    remedy: "Have the firmware go on after a 502, as most do.",
    detect: onCommand(
      ["SITE", "HELP", "CLNT", "ACCT", "REIN", "MD5", "MMD5"],
      (name) => `${name} is refused.`,
    ),
  },
  {
    id: "old-names",
    severity: "risk",
    remedy: "Have the device send the name without the X: AWS lists only that.",
    detect: onCommand(
      ["XCWD", "XPWD", "XMKD", "XRMD", "XCUP"],
      (name) => `${name} is an old name that AWS does not list.`,
    ),
  },
  {
    id: "unknown-command",
    severity: "fails",
    remedy: "Have the firmware do without it: AWS lists 36 commands for FTP.",
    detect: onReply(undefined, /^502 Command /, ({ command }) =>
      explained.includes(command.name) || /^X(CUP|CWD|PWD|MKD|RMD)$/.test(command.name)
        ? undefined
        : `The server has no command ${command.name.slice(0, 20)}.`,
    ),
  },
  {
    id: "parameter",
    severity: "fails",
    remedy: "Leave MODE at S and STRU at F, and use TYPE I.",
    detect: onReply(
      undefined,
      /^504 Command (TYPE|MODE|STRU) /,
      ({ command }) => `${command.name} ${command.argument.slice(0, 20)} is not supported.`,
    ),
  },
  {
    id: "abort",
    severity: "note",
    remedy: "Have the device close the data connection; that ends a transfer immediately.",
    detect: onCommand(["ABOR"], () => "ABOR is read only after the transfer it is to end."),
  },
  {
    id: "modification-time",
    severity: "note",
    remedy: "Go by the time the file arrived, or put the device's own time into the name.",
    detect: onCommand(["MFMT"], () => "MFMT fails: an object in S3 has no time to set."),
  },
  {
    id: "unique-name",
    severity: "note",
    remedy: "Prefer STOR with a unique name: the form of STOU's reply is not documented by AWS.",
    detect: onCommand(["STOU"], () => "With STOU the server chooses the name."),
  },
  {
    id: "before-login",
    severity: "note",
    remedy: "Have the firmware go on after a 530, or ask after the login.",
    detect: (event, { loggedIn }) =>
      event.kind === "command" &&
      !loggedIn &&
      ["SYST", "FEAT", "OPTS", "NOOP", "HELP", "STAT"].includes(partsOf(event.line).name)
        ? `${partsOf(event.line).name} before the login is refused.`
        : undefined,
  },
];
