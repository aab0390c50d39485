import path from "node:path";
import { DriverError } from "./errors";

/** Flags and environment that pass the credentials to the CLI, without the key in any argument. */
export interface CliIdentity {
  /** Global CLI flags. */
  readonly flags: readonly string[];
  /** The environment of the CLI process, complete. */
  readonly env: NodeJS.ProcessEnv;
  /** Texts that must never be printed. */
  readonly secrets: readonly string[];
}

/** Variable with the profile JSON for the profile command, which the CLI runs to read its profile. */
const profileVariable = "CANAL_FTP_SORACOM_PROFILE";

/**
 * A folder that does not exist. Even with a profile command the CLI reads the sandbox switch and extra headers from
 * ~/.soracom/default.json; with this folder it reads no such file.
 */
const noProfiles = path.join(__dirname, "no-profiles");

/**
 * Prints the profile. Node runs it on every system, and the CLI without a shell; it splits the line as shell words,
 * where a backslash of a Windows path would be lost.
 */
const profileCommand = `"${process.execPath.replaceAll("\\", "/")}" -p process.env.${profileVariable}`;

/**
 * Variables that are not passed to the CLI process: the driver's own, secrets, and SORACOM_VERBOSE, which prints the
 * key.
 */
const withheld =
  /^(SORACOM_VERBOSE|SORACOM_AUTH_KEY|SORACOM_AUTH_KEY_ID|SORACOM_PROFILE|SORACOM_CLI|CANAL_FTP_.*|PULUMI_COMMAND_.*)$/;

/**
 * The CLI's flags and environment for the credentials in `env`: SORACOM_AUTH_KEY_ID and
 * SORACOM_AUTH_KEY, else the CLI profile named by SORACOM_PROFILE. The CLI reads none of these
 * itself. The key goes through a profile command rather than a file, because a file would stay
 * behind when the run is killed. Throws a DriverError when there is neither, or half a key.
 */
export function identityFrom(env: NodeJS.ProcessEnv): CliIdentity {
  const credentials = keyFrom(env);
  const passed = Object.fromEntries(Object.entries(env).filter(([name]) => !withheld.test(name)));
  // LC_ALL=C: otherwise messages depend on the locale.
  const base = { ...passed, LC_ALL: "C" };

  if ("profile" in credentials) {
    return { flags: ["--profile", credentials.profile], env: base, secrets: [] };
  }
  const { keyId, key } = credentials;
  const json = JSON.stringify({ authKeyId: keyId, authKey: key });
  return {
    flags: ["--profile-command", profileCommand],
    env: { ...base, SORACOM_PROFILE_DIR: noProfiles, [profileVariable]: json },
    secrets: [key, keyId],
  };
}

/** The key in the environment, else the name of the profile. Throws a DriverError when there is neither, or half a key. */
export function keyFrom(
  env: NodeJS.ProcessEnv,
): { readonly keyId: string; readonly key: string } | { readonly profile: string } {
  const keyId = env.SORACOM_AUTH_KEY_ID ?? "";
  const key = env.SORACOM_AUTH_KEY ?? "";
  const profile = env.SORACOM_PROFILE ?? "";
  if ((keyId === "") !== (key === "")) {
    const missing = keyId === "" ? "SORACOM_AUTH_KEY_ID" : "SORACOM_AUTH_KEY";
    throw new DriverError(`${missing} is not set: SORACOM's key id and key are needed together.`);
  }
  if (key !== "") return { keyId, key };
  if (profile !== "") return { profile };
  throw new DriverError(
    "No SORACOM credentials: set SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY in the environment of pulumi, or SORACOM_PROFILE to the name of a profile made with `soracom configure`.",
  );
}

/** What to check when SORACOM refuses the credentials. */
export function credentialsHint(coverage: string): string {
  return `If the key is refused, check that SORACOM_AUTH_KEY_ID and SORACOM_AUTH_KEY (or SORACOM_PROFILE) are right, belong to an operator with coverage "${coverage}", and may use VPGs, groups and SIMs.`;
}
