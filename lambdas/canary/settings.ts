import { parseAddress } from "../../lib/ipv4";

/** The function's environment, set by the stack. */
export interface Environment {
  /** The endpoint's addresses, by commas. */
  FTP_ADDRESSES: string;
  /** Default 21. */
  FTP_PORT?: string;
  FTP_USER: string;
  FTP_PASSWORD: string;
  /** Seconds a journey to one address may take. Default 15, which the most impatient devices give an upload. */
  TIMEOUT_SECONDS?: string;
}

export interface Settings {
  readonly addresses: string[];
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly timeoutMs: number;
}

/** @throws Error that names the variable; never its value */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const text = (name: keyof Environment) => {
    const value = env[name];
    if (!value) throw new Error(`${name} is not set.`);
    return value;
  };
  const number = (name: keyof Environment, otherwise: number, most: number) => {
    const value = Number(env[name] ?? otherwise);
    if (!(value > 0 && value <= most)) throw new Error(`${name} is no number from 1 to ${most}.`);
    return value;
  };
  const addresses = text("FTP_ADDRESSES").split(",");
  if (addresses.some((address) => parseAddress(address) === undefined)) {
    throw new Error("FTP_ADDRESSES is no list of IPv4 addresses, by commas.");
  }
  return {
    addresses,
    port: number("FTP_PORT", 21, 65535),
    user: text("FTP_USER"),
    password: text("FTP_PASSWORD"),
    timeoutMs: number("TIMEOUT_SECONDS", 15, 300) * 1000,
  };
}
