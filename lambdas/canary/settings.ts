import { parseAddress } from "../../lib/ipv4";
import { EnvironmentReader } from "../shared/environment";

/** The function's environment, set by the stack. */
export interface Environment {
  /** The endpoint's addresses, separated by commas. */
  FTP_ADDRESSES: string;
  /** Default 21. */
  FTP_PORT?: string;
  FTP_USER: string;
  FTP_PASSWORD: string;
  /** Time limit of a journey to one address, in seconds. Default 15, the shortest upload timeout of known devices. */
  TIMEOUT_SECONDS?: string;
}

export interface Settings {
  readonly addresses: string[];
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly timeoutMs: number;
}

/**
 * The settings in an environment.
 *
 * @throws BadSettings that names every variable that is missing or not valid.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const read = new EnvironmentReader(environment);
  const addresses = read.required("FTP_ADDRESSES").split(",");
  if (addresses.some((address) => parseAddress(address) === undefined)) {
    read.refuse("FTP_ADDRESSES");
  }
  const settings: Settings = {
    addresses,
    port: read.wholeNumber("FTP_PORT", 21, 1, 65_535),
    user: read.required("FTP_USER"),
    password: read.required("FTP_PASSWORD"),
    timeoutMs: read.wholeNumber("TIMEOUT_SECONDS", 15, 1, 300) * 1000,
  };
  read.check();
  return settings;
}
