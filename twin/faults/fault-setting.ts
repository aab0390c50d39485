/** The faults that can be injected, and the effect of each. */
export const faultKinds = {
  "drop-control": "resets the control connection at a command",
  "drop-data": "resets a data connection with its first bytes",
  "silent-control": "sends no reply to a command and all that follow; the connection stays open",
  "silent-data": "transfers no byte over a data connection, until the data timeout",
  "refuse-passive": "answers PASV and EPSV with 425",
  "slow-login": "delays the reply to a login by 0.8 s, or by =SECONDS",
  "full-disk": "fails an upload with a full disk",
  "server-stopped": "stops the server",
  "peering-deleted": "deletes the peering on the AWS side",
  "vpg-failed": "fails SORACOM's VPG",
} as const;

/** Permanent faults, which have no rate or number. `canal-ftp verify --twin` finds them. */
const permanentFaults: readonly string[] = ["server-stopped", "peering-deleted", "vpg-failed"];

export type FaultKind = keyof typeof faultKinds;

/** One `--fault`. */
export interface FaultSetting {
  readonly kind: FaultKind;
  /** Delay of slow-login. */
  readonly seconds: number;
  /** Rate from 0 to 1. */
  readonly rate: number;
  /** Number of the only opportunity at which it occurs, from 1; replaces the rate. */
  readonly nth?: number;
}

/**
 * Seconds from PASS to 230 of a real FTPS server of Transfer Family, in a published log
 * (https://github.com/Castaglia/proftpd-mod_proxy/issues/190).
 */
const realLoginSeconds = "0.8";

/** Parses KIND, KIND:RATE, KIND@N, slow-login=SECONDS and so on; undefined for other text. */
export function parseFault(text: string): FaultSetting | undefined {
  const match = /^([a-z-]+)(?:=(\d+(?:\.\d+)?))?(?::(\d*\.?\d+)|@(\d+))?$/.exec(text);
  const [, kind, seconds = realLoginSeconds, rate = "1", nth] = match ?? [];
  const known = kind !== undefined && kind in faultKinds;
  if (!known || (match?.[2] !== undefined && kind !== "slow-login")) {
    return undefined;
  }
  if (permanentFaults.includes(kind) && text !== kind) return undefined;
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
