/**
 * Every reply of the endpoint. The texts are those of Apache FtpServer 1.2.1, which has the commands that AWS documents
 * for Transfer Family; ../evidence/reply-evidence.ts has the evidence for each. Lines are separated by "\n"; the connection makes
 * them CRLF.
 */
export const replies = {
  serviceReady: "220 Service ready for new user.",
  goodbye: "221 Goodbye.",

  syntaxError: "501 Syntax error in parameters or arguments.",
  notImplemented: (command: string) => `502 Command ${command} not implemented.`,
  invalidCharacter: "501 Invalid character in command",
  accessDenied: "530 Access denied.",
  requestedActionNotTaken: "550 Requested action not taken.",

  needPassword: (user: string) => `331 User name okay, need password for ${user}.`,
  loggedIn: "230 User logged in, proceed.",
  sameUser: "230 Already logged-in.",
  passwordTwice: "202 Already logged-in.",
  otherUser: "530 Invalid user name.",
  authenticationFailed: "530 Authentication failed.",
  userFirst: "503 Login with USER first.",

  noTls: "431 Service is unavailable.",
  noProtection: "431 Security is disabled.",
  unknownProtection: "504 Server does not understand the specified protection level.",

  ok: (command: string) => `200 Command ${command} okay.`,
  badParameter: (command: string, parameter: string) =>
    `504 Command ${command} not implemented for the parameter ${parameter}.`,
  badLanguage: "504 Command LANG not implemented for this parameter.",
  badOption: "502 ",
  system: "215 UNIX Type: Apache FtpServer",
  /** Of a real FTPS endpoint, without AUTH, which a server for FTP alone does not have (mod_proxy#190, 2021-03-14). */
  features: [
    "211-Extensions supported",
    " SIZE",
    " MDTM",
    " LANG en",
    " MLST Size;Modify;Type;Perm",
    " MODE Z",
    " UTF8",
    " TVFS",
    " EPSV",
    "211 End",
  ].join("\n"),

  sessionStatus: (server: string, client: string, user: string) =>
    [
      "211-Apache FtpServer",
      `Connected to ${server}`,
      `Connected from ${client}`,
      `Logged in as ${user}`,
      "211 End of status.",
    ].join("\n"),
  pathStatus: (code: 212 | 213, lines: string) => `${code}-\n${lines}${code} End of status.`,
  nothingToList: "450 Non-existing file",
  facts: (line: string) => `250-\n${line}\n250 Requested file action okay, completed.`,
  noFacts: "501 Not a valid pathname.",

  workingDirectory: (path: string) => `257 "${path}" is current directory.`,
  changedDirectory: (path: string) => `250 Directory changed to ${path}`,
  /** CDUP ends with a full stop, CWD does not. */
  changedToParent: (path: string) => `250 Directory changed to ${path}.`,
  noSuchDirectory: "550 No such directory.",
  madeDirectory: (path: string) => `257 "${path}" created.`,
  alreadyExists: (path: string) => `550 ${path}: already exists.`,
  mayNotCreate: (path: string) => `550 No permission to create ${path}.`,
  cannotCreate: (path: string) => `550 Can't create directory ${path}.`,
  removedDirectory: (path: string) => `250 "${path}" removed.`,
  notADirectory: (path: string) => `550 Not a valid directory "${path}".`,
  directoryBusy: (path: string) => `450 Can't remove directory ${path}: resource busy.`,
  mayNotRemove: (path: string) => `550 No permission to remove ${path}.`,
  cannotRemove: (path: string) => `450 Can't remove directory ${path}.`,

  deleted: (path: string) => `250 Requested file action okay, deleted ${path}.`,
  notAFile: (path: string) => `550 Not a valid file "${path}".`,
  mayNotDelete: (path: string) => `450 No permission to delete ${path}.`,
  cannotDelete: (path: string) => `450 Can't delete file ${path}.`,
  size: (bytes: number) => `213 ${bytes}`,
  modified: (time: string) => `213 ${time}`,
  unavailable: (path: string) => `550 File ${path} unavailable.`,
  modifyTimeNotSet: "450 Requested file action not taken.",
  modifyTimeInvalid: "501 Command Not Implemented for the Specified Arguments",
  modifyTimeMissing: (name: string) => `550 File missing ${name}`,

  renamePending: "350 Requested file action pending further information.",
  renamed: "250 Requested file action okay, file renamed.",
  renameFromFirst: "503 Can't find the file which has to be renamed.",
  renameMissing: "553 : No such file or directory.",
  renameDenied: "553 No permission to rename.",
  renameInvalid: "553 Not a valid file name.",
  cannotRename: "553 Can't rename file.",

  passive: (address: string, port: number) =>
    `227 Entering Passive Mode (${address.replaceAll(".", ",")},${port >> 8},${port & 255})`,
  extendedPassive: (port: number) => `229 Entering Passive Mode (|||${port}|)`,
  noPassivePort: "425 Can't open passive connection.",
  passiveFirst: "503 PORT or PASV must be issued first",

  openingData: "150 File status okay; about to open data connection.",
  openingUnique: (path: string) => `150 FILE: ${path}`,
  noDataConnection: "425 Can't open data connection.",
  dataConnectionError: "426 Data connection error.",
  transferComplete: "226 Transfer complete.",
  uniqueComplete: (path: string) => `226 ${path}: Transfer complete.`,
  listingComplete: "226 Closing data connection.",
  aborted: "226 ABOR command successful.",

  noSuchFile: (path: string) => `550 ${path}: No such file or directory.`,
  notAPlainFile: (path: string) => `550 ${path}: Not a plain file.`,
  permissionDenied: (path: string) => `550 ${path}: Permission denied.`,
  uniqueDenied: "550 Permission denied.",
  uniqueNameError: "550 Unique file name error.",
  inputError: (path: string) => `551 ${path}: Error on input file.`,
  outputError: (path: string) => `551 ${path}: Error on output file.`,
  uniqueOutputError: "551 Error on output file.",
  listingFailed: "551 File listing failed.",
} as const;
