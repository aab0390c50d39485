/** What can be made to go wrong, and what each does. */
export const faultKinds = {
  "drop-control": "resets the control connection at a command",
  "drop-data": "resets a data connection as its first bytes move",
  "refuse-passive": "answers PASV and EPSV with 425",
  "slow-login": "answers a login late, by 10 s or as many as =SECONDS says",
  "full-disk": "lets an upload find the disk full",
  "server-stopped": "has the server stopped, as an operator does manually",
  "peering-deleted": "has the peering deleted on the AWS side",
  "vpg-failed": "has SORACOM's VPG failed",
} as const;

/** Those that hold all the time: nothing counts them. `canal-ftp verify --twin` finds them. */
const states: readonly string[] = ["server-stopped", "peering-deleted", "vpg-failed"];

export type FaultKind = keyof typeof faultKinds;

/** One `--fault`. */
export interface FaultSetting {
  readonly kind: FaultKind;
  /** For slow-login. */
  readonly seconds: number;
  /** How often it happens, from 0 to 1, … */
  readonly rate: number;
  /** … or the one time it does, counted from 1. */
  readonly nth?: number;
}

/** Reads KIND, KIND:RATE, KIND@N, slow-login=SECONDS and so on; undefined for what is none. */
export function parseFault(text: string): FaultSetting | undefined {
  const match = /^([a-z-]+)(?:=(\d+(?:\.\d+)?))?(?::(\d*\.?\d+)|@(\d+))?$/.exec(text);
  const [, kind, seconds = "10", rate = "1", nth] = match ?? [];
  const known = kind !== undefined && kind in faultKinds;
  if (!known || (match?.[2] !== undefined && kind !== "slow-login")) {
    return undefined;
  }
  if (states.includes(kind) && text !== kind) return undefined;
  if (!(Number(rate) >= 0 && Number(rate) <= 1) || nth === "0") {
    return undefined;
  }
  return {
    kind: kind as FaultKind,
    seconds: Number(seconds),
    rate: Number(rate),
    ...(nth === undefined ? {} : { nth: Number(nth) }),
  };
}
