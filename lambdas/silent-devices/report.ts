/** The report as a mail. */
import { describeDuration } from "../../lib/duration";
import { type DeviceSummary, silentSeconds } from "./device-summary";

export interface Report {
  /** ASCII, 100 characters at most (SNS API reference, Publish). */
  readonly subject: string;
  readonly text: string;
}

/** Devices that a mail lists: SNS takes 256 KiB. */
const mostDevices = 1000;

/**
 * The report about the devices of a log.
 *
 * @param limit - Seconds without a file after which a device is silent.
 * @param now - Epoch seconds.
 * @param days - Days of the log that were read.
 */
export function describeSilence(
  devices: readonly DeviceSummary[],
  { stack, limit, now, days }: { stack: string; limit: number; now: number; days: number },
): Report {
  const silent = devices
    .map((device) => ({ ...device, since: silentSeconds(device, now) ?? Infinity }))
    .filter(({ since }) => since >= limit)
    .sort((a, b) => b.since - a.since || (a.device < b.device ? -1 : 1));
  const count = `${silent.length} of ${devices.length} devices silent`;
  const lines = silent.slice(0, mostDevices).map(({ device, lastUpload, since, failed }) => {
    const last = lastUpload === undefined ? "no file" : `${lastUpload.slice(0, 16)}Z`;
    const length = since === Infinity ? `more than ${days} d` : describeDuration(since);
    return `${device}  last file: ${last}  silent: ${length}  failed uploads: ${failed}`;
  });
  const more = silent.length - lines.length;
  return {
    subject: `${stack}: ${count}`.slice(0, 100),
    text: [
      `${count}: no file for ${describeDuration(limit)} or longer (${new Date(now * 1000).toISOString().slice(0, 16)}Z).`,
      "",
      ...lines,
      ...(more > 0 ? [`and ${more} more`] : []),
      ...(silent.length > 0 ? [""] : []),
      `Devices with a row in the last ${days} days are counted. canal-ftp uploads --silent lists them at any time.`,
    ].join("\n"),
  };
}
