/** Commands and replies, one connection for each dialogue, as the table of replies has them. */
import assert from "node:assert/strict";
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "../../../../twin/ftp/commands";
import { RawClient } from "../raw-client";
import { startEndpoint, type TestEndpoint } from "../support";

/** What is sent, and the reply as text or pattern. */
type Step = readonly [sent: string, reply: string | RegExp];

const syntax = "501 Syntax error in parameters or arguments.";
const passiveFirst = "503 PORT or PASV must be issued first";
const opening = "150 File status okay; about to open data connection.";
const noData = "425 Can't open data connection.";

/** In every home: /file.txt of 5 bytes, /sub with one file, /empty. */
const dialogues: Readonly<Record<string, readonly Step[]>> = {
  "ABOR when idle": [
    ["ABOR", "226 ABOR command successful."],
    ["ABOR whatever", "226 ABOR command successful."],
  ],
  "ABOR takes back the passive port": [
    ["PASV", /^227/],
    ["ABOR", "226 ABOR command successful."],
    ["NLST", opening],
    ["", noData],
  ],
  AUTH: [
    ["AUTH TLS", "431 Service is unavailable."],
    ["AUTH x", "431 Service is unavailable."],
    ["AUTH", syntax],
  ],
  "CWD, CDUP and PWD": [
    ["PWD", `257 "/" is current directory.`],
    ["CWD sub", "250 Directory changed to /sub"],
    ["PWD ignored", `257 "/sub" is current directory.`],
    ["CWD missing", "550 No such directory."],
    ["CWD ../file.txt", "550 No such directory."],
    ["CDUP", "250 Directory changed to /."],
    ["CDUP", "250 Directory changed to /."],
    ["CWD ../../..", "250 Directory changed to /"],
    ["CWD missing/../sub/", "250 Directory changed to /sub"],
    ["CWD", "250 Directory changed to /"],
    ["CWD sub", "250 Directory changed to /sub"],
    ["CWD ~", "250 Directory changed to /"],
  ],
  "the X of the old names": [
    ["XPWD", `257 "/" is current directory.`],
    ["XCWD sub", "250 Directory changed to /sub"],
    ["XMKD made", `257 "/sub/made" created.`],
    ["XRMD made", `250 "/sub/made" removed.`],
    ["XNOOP", "200 Command NOOP okay."],
    ["XCUP", "502 Command CUP not implemented."],
  ],
  DELE: [
    ["DELE", syntax],
    ["DELE missing", "450 Can't delete file /missing."],
    ["DELE sub", `550 Not a valid file "/sub".`],
    ["DELE file.txt", "250 Requested file action okay, deleted /file.txt."],
    ["SIZE file.txt", "550 /file.txt: No such file or directory."],
  ],
  FEAT: [
    [
      "FEAT ignored",
      "211-Extensions supported\n SIZE\n MDTM\n LANG en\n MLST Size;Modify;Type;Perm\n" +
        " MODE Z\n UTF8\n TVFS\n EPSV\n211 End",
    ],
  ],
  LANG: [
    ["LANG", "200 Command LANG okay."],
    ["LANG en", "504 Command LANG not implemented for this parameter."],
  ],
  "LIST without a data connection": [
    ["LIST missing", "450 Non-existing file"],
    ["LIST", passiveFirst],
    ["LIST */x", "550 Requested action not taken."],
  ],
  MDTM: [
    ["MDTM file.txt", "213 20200424033807.009"],
    ["MDTM sub", /^213 \d{14}\.\d{3}$/],
    ["MDTM missing", "550 File /missing unavailable."],
    ["MDTM", syntax],
  ],
  MFMT: [
    ["MFMT 20200102030405 file.txt", "450 Requested file action not taken."],
    ["MFMT 20209902030405 file.txt", "501 Command Not Implemented for the Specified Arguments"],
    ["MFMT 20200102030405 sub", "501 Command Not Implemented for the Specified Arguments"],
    ["MFMT 20200102030405", "501 Command Not Implemented for the Specified Arguments"],
    ["MFMT", "501 Command Not Implemented for the Specified Arguments"],
    ["MFMT 20200102030405 gone", "550 File missing gone"],
  ],
  MKD: [
    ["MKD", syntax],
    ["MKD made", `257 "/made" created.`],
    ["MKD made", "550 /made: already exists."],
    ["MKD file.txt", "550 /file.txt: already exists."],
    ["MKD /", "550 /: already exists."],
    ["MKD a/b", "550 Can't create directory /a/b."],
    ["MKD file.txt/b", "550 Can't create directory /file.txt/b."],
    ["MKD slash/", `257 "/slash" created.`],
    ["MKD  two", `257 "/ two" created.`],
    [`MKD quo"te`, `257 "/quo"te" created.`],
    ["MKD nul\0nul", "550 Can't create directory /nul\0nul."],
    [`MKD ${"x".repeat(256)}`, `550 Can't create directory /${"x".repeat(256)}.`],
    ["MKD 日本", `257 "/日本" created.`],
  ],
  "MLSD without a data connection": [["MLSD", passiveFirst]],
  MLST: [
    [
      "MLST file.txt",
      "250-\nSize=5;Modify=20200424033807.009;Type=file; file.txt\n\n" +
        "250 Requested file action okay, completed.",
    ],
    ["MLST", /^250-\nSize=0;Modify=\d{14}\.\d{3};Type=dir; \/\n\n250 Requested/],
    ["MLST missing", "501 Not a valid pathname."],
  ],
  OPTS: [
    ["OPTS", syntax],
    ["OPTS UTF8 ON", "200 Command OPTS okay."],
    ["OPTS utf8", "200 Command OPTS okay."],
    ["OPTS UTF-8 ON", "502 "],
    ["OPTS HASH SHA-1", "502 "],
    ["OPTS MLST type;perm;unknown;", "200 Command OPTS okay."],
    ["MLST file.txt", /^250-\nType=file;Perm=radfw; file.txt\n/],
    ["OPTS MLST", "200 Command OPTS okay."],
    ["MLST sub", /^250-\n sub\n/],
  ],
  MODE: [
    ["MODE S", "200 Command MODE okay."],
    ["MODE stream", "200 Command MODE okay."],
    ["MODE B", "504 Command MODE not implemented for the parameter B."],
    ["MODE Z", "504 Command MODE not implemented for the parameter Z."],
    ["MODE", syntax],
  ],
  "NLST without a data connection": [["NLST missing", passiveFirst]],
  NOOP: [["NOOP ignored", "200 Command NOOP okay."]],
  "PASS after login logs out": [
    ["PASS again", "202 Already logged-in."],
    ["PWD", "530 Access denied."],
  ],
  "PASV and EPSV": [
    ["PASV ignored", /^227 Entering Passive Mode \(127,0,0,1,\d+,\d+\)$/],
    ["EPSV", /^229 Entering Passive Mode \(\|\|\|\d+\|\)$/],
    ["EPSV 3", /^229 /],
    ["EPSV ALL", /^229 /],
    ["PASV", /^227 /],
  ],
  "PBSZ and PROT": [
    ["PBSZ", "200 Command PBSZ okay."],
    ["PBSZ 0", "200 Command PBSZ okay."],
    ["PROT C", "200 Command PROT okay."],
    ["PROT P", "431 Security is disabled."],
    ["PROT X", "504 Server does not understand the specified protection level."],
    ["PROT", syntax],
  ],
  QUIT: [
    ["QUIT ignored", "221 Goodbye."],
    ["", "(closed)"],
  ],
  "RETR without a data connection": [
    ["RETR", syntax],
    ["RETR missing", "550 /missing: No such file or directory."],
    ["RETR sub", "550 /sub: Not a plain file."],
    ["RETR file.txt", passiveFirst],
  ],
  RMD: [
    ["RMD", syntax],
    ["RMD missing", `550 Not a valid directory "/missing".`],
    ["RMD file.txt", `550 Not a valid directory "/file.txt".`],
    ["RMD sub", "450 Can't remove directory /sub."],
    ["RMD /", "550 No permission to remove /."],
    ["CWD empty", "250 Directory changed to /empty"],
    ["RMD .", "450 Can't remove directory /empty: resource busy."],
    ["CWD", "250 Directory changed to /"],
    ["RMD empty", `250 "/empty" removed.`],
  ],
  "RNFR and RNTO": [
    ["RNTO x", "503 Can't find the file which has to be renamed."],
    ["RNFR", syntax],
    ["RNFR file.txt", "350 Requested file action pending further information."],
    ["RNTO new.txt", "250 Requested file action okay, file renamed."],
    ["SIZE new.txt", "213 5"],
    ["SIZE file.txt", "550 /file.txt: No such file or directory."],
  ],
  "RNTO that is refused": [
    ["RNFR missing", "350 Requested file action pending further information."],
    ["RNTO x", "553 : No such file or directory."],
    ["RNFR file.txt", /^350/],
    ["RNTO sub/inner.txt", "553 Can't rename file."],
    ["RNFR file.txt", /^350/],
    ["RNTO file.txt", "553 Can't rename file."],
    ["RNFR file.txt", /^350/],
    ["RNTO nowhere/x", "553 Can't rename file."],
    ["RNFR sub", /^350/],
    ["RNTO moved", "553 Can't rename file."],
    ["SIZE sub/inner.txt", "213 3"],
  ],
  "RNFR is forgotten": [
    ["RNFR file.txt", /^350/],
    ["NOOP", /^200/],
    ["RNTO x", "503 Can't find the file which has to be renamed."],
    ["RNFR file.txt", /^350/],
    ["RNTO", syntax],
    ["RNTO x", "503 Can't find the file which has to be renamed."],
    ["RNFR missing", /^350/],
    ["RNFR file.txt", /^350/],
    ["RNTO x", /^250/],
  ],
  SIZE: [
    ["SIZE", syntax],
    ["SIZE file.txt", "213 5"],
    ["TYPE A", /^200/],
    ["SIZE file.txt", "213 5"],
    ["SIZE missing", "550 /missing: No such file or directory."],
    ["SIZE sub", "550 /sub: Not a plain file."],
  ],
  STAT: [
    [
      "STAT",
      "211-Apache FtpServer\nConnected to 127.0.0.1\nConnected from 127.0.0.1\n" +
        "Logged in as camera01\n211 End of status.",
    ],
    [
      "STAT file.txt",
      "213-\n-rw-------   1 - -            5 Apr 24  2020 file.txt\n213 End of status.",
    ],
    ["STAT -a sub", /^212-\n-rw------- {3}1 - - {12}3 .* inner\.txt\n212 End of status\.$/],
    ["STAT empty", "212-\n212 End of status."],
    ["STAT missing", "450 Non-existing file"],
  ],
  "STOR without a data connection": [
    ["STOR", syntax],
    ["STOR x", passiveFirst],
  ],
  "STOU without a data connection": [["STOU", passiveFirst]],
  STRU: [
    ["STRU F", "200 Command STRU okay."],
    ["STRU file", "200 Command STRU okay."],
    ["STRU R", "504 Command STRU not implemented for the parameter R."],
    ["STRU", syntax],
  ],
  SYST: [["SYST ignored", "215 UNIX Type: Apache FtpServer"]],
  TYPE: [
    ["TYPE I", "200 Command TYPE okay."],
    ["TYPE a n", "200 Command TYPE okay."],
    ["TYPE IMAGE", "200 Command TYPE okay."],
    ["TYPE E", "504 Command TYPE not implemented for the parameter E."],
    ["TYPE L 8", "504 Command TYPE not implemented for the parameter L 8."],
    ["TYPE  I", "504 Command TYPE not implemented for the parameter  I."],
    ["TYPE", syntax],
  ],
  "USER after login": [
    ["USER camera01", "230 Already logged-in."],
    ["PWD", `257 "/" is current directory.`],
    ["USER other", "530 Invalid user name."],
    ["", "(closed)"],
  ],
  "what is not among the 36": [
    ..."ACCT ALLO APPE CLNT EPRT HASH HELP HOST MD5 MMD5 PORT REIN REST SITE"
      .split(" ")
      .map((name): Step => [`${name} x`, `502 Command ${name} not implemented.`]),
    ["nonsense", "502 Command NONSENSE not implemented."],
    [" ", "502 Command  not implemented."],
    ["NOOP\rSYST", "502 Command NOOPSYST not implemented."],
  ],
};

describe("FTP dialogues", () => {
  let endpoint: TestEndpoint;

  beforeEach(async () => {
    endpoint = await startEndpoint();
    for (const folder of ["sub", "empty"]) {
      mkdirSync(join(endpoint.root, folder));
    }
    const file = join(endpoint.root, "file.txt");
    writeFileSync(file, "12345");
    const time = new Date("2020-04-24T03:38:07.009Z");
    utimesSync(file, time, time);
    writeFileSync(join(endpoint.root, "sub", "inner.txt"), "123");
  });

  afterEach(() => endpoint.stop());

  for (const [name, steps] of Object.entries(dialogues)) {
    it(name, async () => {
      const client = await RawClient.login(endpoint.port);
      for (const [sent, expected] of steps) {
        // Nothing sent: one more reply to the command before.
        const reply = sent === "" ? await client.reply() : await client.send(sent);
        if (typeof expected === "string") {
          assert.equal(reply, expected, sent);
        } else {
          assert.match(reply, expected, sent);
        }
      }
      client.close();
    });
  }

  it("covers every command that AWS documents", () => {
    const spoken = new Set(
      Object.values(dialogues).flatMap((steps) =>
        steps.map(([sent]) => sent.split(" ")[0].toUpperCase()),
      ),
    );
    assert.equal(commands.size, 36);
    assert.deepEqual(
      [...commands.keys()].filter((command) => !spoken.has(command)),
      [],
    );
  });
});
