/** Dialogues that show how a server replies. */

/** A line, or a line and the bytes that its data connection uploads. */
export type Step = string | readonly [line: string | Buffer, upload: Buffer];

export interface ConformanceDialogue {
  readonly name: string;
  /** The question that AWS's documentation leaves open, if the dialogue answers one. */
  readonly question?: string;
  /** Whether the steps follow the login, in a new folder; otherwise they are the first lines of a connection. */
  readonly loggedIn: boolean;
  readonly steps: readonly Step[];
}

/** Steps from text, separated by commas; `STOR f < text` uploads the text. */
const stepsOf = (text: string): Step[] =>
  text.split(", ").map((step) => {
    const [line, upload] = step.split(" < ");
    return upload === undefined ? line : [line, Buffer.from(upload)];
  });

const dialogue = (name: string, steps: string, question?: string): ConformanceDialogue => ({
  ...{ name, question, loggedIn: true, steps: stepsOf(steps) },
});
const before = (name: string, steps: string, question?: string): ConformanceDialogue => ({
  ...dialogue(name, steps, question),
  loggedIn: false,
});

/** Every command AWS lists, those it does not, and what its documentation leaves open. */
export const conformanceSuite: readonly ConformanceDialogue[] = [
  before(
    "before the login",
    "FEAT, SYST, NOOP, OPTS UTF8 ON, PWD, APPE x",
    "what is answered before the login",
  ),
  before(
    "AUTH, PBSZ, PROT",
    "AUTH TLS, AUTH, PBSZ 0, PROT P, PROT C, PROT X",
    "AUTH on a server for FTP only",
  ),
  before("PASS without USER", "PASS x"),
  dialogue("FEAT", "FEAT", "the text of FEAT"),
  dialogue("SYST and STAT", "SYST, STAT", "SYST after its first word, and STAT"),
  dialogue(
    "NOOP, LANG, OPTS",
    "NOOP, LANG, LANG en, OPTS UTF8 ON, OPTS MLST Type;Size;, OPTS HASH",
  ),
  dialogue(
    "TYPE, MODE, STRU",
    "TYPE I, TYPE A, TYPE E, TYPE, MODE S, MODE Z, MODE B, STRU F, STRU R",
  ),
  dialogue(
    "commands AWS does not list",
    "APPE x, REST 1, ALLO 5, SITE HELP, HELP, PORT 127,0,0,1,4,1, EPRT |1|127.0.0.1|1025|, ACCT x, REIN, MD5 x, HASH x, XYZZY",
    "the reply to what is not listed",
  ),
  dialogue(
    "the old names",
    "XPWD, XMKD old, XCWD old, XCUP, CDUP, XRMD old",
    "the commands with an X",
  ),
  dialogue(
    "folders",
    "MKD a, MKD a, CWD a, PWD, CDUP, CWD missing, CWD ~, MKD b/c, RMD a, RMD a",
    "MKD below a missing folder",
  ),
  dialogue(
    "store and fetch",
    "TYPE I, PASV, STOR f.bin < hello, SIZE f.bin, MDTM f.bin, EPSV, RETR f.bin, DELE f.bin, DELE f.bin",
  ),
  dialogue(
    "a file in a missing folder",
    "TYPE I, PASV, STOR no/such/f.bin < x, SIZE no/such/f.bin",
    "STOR below a folder that is not there",
  ),
  dialogue(
    "ASCII",
    "TYPE A, PASV, STOR a.txt < a\r\nb\nc\rd, TYPE I, SIZE a.txt, PASV, RETR a.txt",
    "STOR and RETR in TYPE A",
  ),
  dialogue("no TYPE", "PASV, STOR t.txt < a\r\nb\n, SIZE t.txt", "STOR without any TYPE"),
  dialogue(
    "over an existing file",
    "TYPE I, PASV, STOR o < long content, PASV, STOR o < short, SIZE o",
  ),
  dialogue(
    "rename",
    "TYPE I, PASV, STOR r1 < 1, PASV, STOR r2 < 2, RNFR r1, RNTO r3, RNFR r3, RNTO r2, RNFR gone, RNTO new, RNTO new, MKD d, RNFR d, RNTO e",
    "rename onto a file that is there, and of a folder",
  ),
  dialogue("unique names", "TYPE I, PASV, STOU < 1, PASV, STOU mine < 2", "the replies of STOU"),
  dialogue(
    "times",
    "TYPE I, PASV, STOR m < 1, MFMT 20200102030405 m, MFMT bad m, MFMT 20200102030405 gone",
    "MFMT on S3",
  ),
  dialogue(
    "listings",
    "TYPE I, PASV, STOR l.txt < 123, MKD sub, PASV, LIST, PASV, NLST, PASV, MLSD, MLST l.txt, STAT l.txt, LIST missing, PASV, NLST missing, PASV, LIST -a",
    "the form of listings",
  ),
  dialogue(
    "names",
    "TYPE I, PASV, STOR sp ace #+%.txt < 1, PASV, STOR 日本.txt < 2, PASV, STOR back\\slash.txt < 3, PASV, NLST, SIZE back\\slash.txt",
    "backslashes",
  ),
  {
    ...dialogue("not UTF-8", "", "a name in Shift_JIS"),
    steps: [[Buffer.from([0x4d, 0x4b, 0x44, 0x20, 0x93, 0xfa]), Buffer.alloc(0)], "NOOP"],
  },
  dialogue("without a data connection", "LIST, STOR x, RETR missing, PASV, ABOR, LIST"),
  dialogue("the end", "USER other"),
  dialogue("PASS again", "PASS x, PWD"),
];
