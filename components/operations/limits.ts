/** Thresholds of the alarms. 0: no alarm. One that is not given has its usual value. */
export interface AlarmLimits {
  /** Refused logins in five minutes. */
  readonly failedLogins?: number;
  /** Attempts of locked users in five minutes. */
  readonly lockouts?: number;
  /** Different names that fail from one address in the window of the lockout. */
  readonly failingNames?: number;
  /** Seconds that one login in ten takes or exceeds, for 15 minutes. */
  readonly loginSeconds?: number;
  /** Activities that the server logs as ERROR in 15 minutes. */
  readonly serverErrors?: number;
  /** Interrupted uploads in an hour. */
  readonly partialUploads?: number;
  /** Consecutive hours without an upload of a device, up to 168. */
  readonly quietHours?: number;
  /** Gigabytes received in a day. */
  readonly gigabytesPerDay?: number;
}

/**
 * Defaults for some dozens of devices. Devices poll for missing files and SIMs lose their cell, so single errors and
 * interruptions are normal; a lock is not. Whether hours without uploads are normal depends on the site.
 */
export const usualLimits: Required<AlarmLimits> = {
  failedLogins: 20,
  lockouts: 1,
  failingNames: 10,
  loginSeconds: 5,
  serverErrors: 10,
  partialUploads: 10,
  quietHours: 0,
  gigabytesPerDay: 100,
};
