/** The uploads of a device in the log. */
export interface DeviceSummary {
  readonly device: string;
  /** Key and time of the last file; undefined when none has arrived. */
  readonly lastFile?: string;
  readonly lastUpload?: string;
  /** Complete files, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Uploads that were interrupted or failed, and files with a problem. */
  readonly failed: number;
}

/** Seconds since the device's last file; undefined when the log has none. */
export function silentSeconds({ lastUpload }: DeviceSummary, now: number): number | undefined {
  return lastUpload === undefined ? undefined : Math.max(0, now - Date.parse(lastUpload) / 1000);
}
