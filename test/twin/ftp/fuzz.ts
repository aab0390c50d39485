/** Dialogues made of anything, from a seed: what a broken or hostile client may send. */

/** Numbers from 0 to just below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const withPath =
  "CWD DELE LIST MDTM MKD MLSD MLST NLST RETR RMD RNFR RNTO SIZE STAT STOR STOU MFMT XMKD XCWD XRMD".split(
    " ",
  );
const others =
  "ABOR AUTH CDUP EPSV FEAT LANG MODE NOOP OPTS PASS PASV PBSZ PROT PWD STRU SYST TYPE USER APPE REST PORT EPRT SITE ALLO".split(
    " ",
  );
const argumentTexts = [
  "A",
  "I",
  "E",
  "-la",
  "TLS",
  "UTF8 ON",
  "MLST Size;",
  "0",
  "127,0,0,1,4,1",
  "日本",
  "",
];
/** Parts of paths, among them those that have led out of other servers. */
const parts = [
  ...[
    "a",
    "b",
    "file.txt",
    "sub",
    "..",
    "...",
    ".",
    "~",
    "",
    "out",
    "outfile",
    "loop",
    "*",
    "?[x]",
  ],
  ...[
    "..\\..",
    "%2e%2e",
    "a\0b",
    "日本",
    " ",
    "x".repeat(260),
    "-a",
    "/etc/passwd",
    "..//..",
    "\u202e",
  ],
];

/** One step of a dialogue. */
export type FuzzStep =
  | { readonly kind: "line"; readonly bytes: Buffer }
  /** Opens the last announced port, sends something and goes away in some manner. */
  | { readonly kind: "dial"; readonly bytes: Buffer; readonly end: "end" | "reset" | "leave" };

/** The steps of one dialogue, login left out. */
export function fuzzedDialogue(random: () => number): FuzzStep[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const path = (): string =>
    (random() < 0.4 ? "/" : "") +
    Array.from({ length: 1 + Math.floor(random() * 5) }, () => pick(parts)).join("/");
  const noise = (): Buffer =>
    Buffer.from(
      Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256)),
    );
  const line = (): Buffer => {
    const kind = random();
    if (kind < 0.6) return Buffer.from(`${pick(withPath)} ${path()}\r\n`);
    if (kind < 0.85) return Buffer.from(`${pick(others)} ${pick(argumentTexts)}\n`);
    if (kind < 0.9)
      return Buffer.from(`${pick(withPath)} ${"x/".repeat(Math.floor(random() * 600))}\r\n`);
    if (kind < 0.95) return Buffer.concat([noise(), Buffer.from("\r\n")]);
    return Buffer.concat([Buffer.from([0xff, 0xf4, 0xff, 0xf2]), Buffer.from("ABOR\r\n")]);
  };
  const steps: FuzzStep[] = [];
  for (let count = 1 + Math.floor(random() * 12); count > 0; count--) {
    if (random() < 0.35) {
      steps.push({ kind: "line", bytes: Buffer.from(random() < 0.5 ? "PASV\r\n" : "EPSV\r\n") });
      steps.push({ kind: "dial", bytes: noise(), end: pick(["end", "reset", "leave"] as const) });
    }
    steps.push({ kind: "line", bytes: line() });
  }
  return steps;
}
