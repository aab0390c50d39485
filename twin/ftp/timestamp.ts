const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Half a year, the age from which ls and Apache FtpServer show a year in place of the time. */
const halfAYearMs = 183 * 24 * 60 * 60 * 1000;

/** The time of MDTM and of the Modify fact: YYYYMMDDhhmmss.mmm in UTC (RFC 3659 section 2.3). */
export function machineTime(time: Date): string {
  return time.toISOString().replace(/[-:TZ]/g, "");
}

/** The time in a LIST line: "Apr 24 03:38", or "Apr 24  2019" when it is half a year away. UTC. */
export function listTime(time: Date, now: Date): string {
  const day = `${months[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)}`;
  if (Math.abs(now.getTime() - time.getTime()) > halfAYearMs) {
    return `${day}  ${time.getUTCFullYear()}`;
  }
  return `${day} ${time.toISOString().slice(11, 16)}`;
}

/** Whether the text begins with a valid time of MFMT: YYYYMMDDhhmmss. The rest is ignored. */
export function isMachineTime(text: string): boolean {
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(text);
  if (digits === null) {
    return false;
  }
  const [year, month, day, hour, minute, second] = digits.slice(1).map(Number);
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return machineTime(time).startsWith(digits[0]);
}
