/** Hours of a month: a year's, divided by twelve. */
export const HOURS = 730;

/** Days of a month, the same way. */
export const DAYS = HOURS / 24;

/** What devices are taken to do. */
export interface Usage {
  readonly loginsPerDay: number;
  readonly filesPerDay: number;
  /** GB kept in the bucket, old versions included. */
  readonly storedGb: number;
  /** GB moved in a month, in and out together. */
  readonly transferredGb: number;
  /** Share of logins that the function remembers and that cost no hash, 0 to 1. */
  readonly remembered: number;
}

/** A hundred devices that send a file of a few hundred kilobytes an hour. */
export const usualUsage: Usage = {
  loginsPerDay: 2400,
  filesPerDay: 2400,
  storedGb: 20,
  transferredGb: 20,
  remembered: 0,
};

export const loginsOf = ({ loginsPerDay }: Usage): number => loginsPerDay * DAYS;
export const filesOf = ({ filesPerDay }: Usage): number => filesPerDay * DAYS;
