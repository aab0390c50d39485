/** From which figure on there is an alarm. 0: there is none. */
export interface AlarmLimits {
  /** Refused logins in five minutes. */
  readonly failedLogins: number;
  /** Attempts of locked users in five minutes. */
  readonly lockouts: number;
  /** Seconds that one login in ten takes, or longer, for a quarter of an hour. */
  readonly loginSeconds: number;
  /** Activities that the server logs as ERROR in a quarter of an hour. */
  readonly serverErrors: number;
  /** Cut uploads in an hour. */
  readonly partialUploads: number;
  /** Hours without a single upload of a device, up to 168. */
  readonly quietHours: number;
  /** Gigabytes taken in within a day. */
  readonly gigabytesPerDay: number;
}

/**
 * For a site of some dozens of devices. A device polls for files that are not there and a SIM loses its cell, so
 * single errors and cuts are no news; a lock is, since no user is locked by accident. Whether silence is an alarm
 * only the site knows.
 */
export const usualLimits: AlarmLimits = {
  failedLogins: 20,
  lockouts: 1,
  loginSeconds: 5,
  serverErrors: 10,
  partialUploads: 10,
  quietHours: 0,
  gigabytesPerDay: 100,
};
