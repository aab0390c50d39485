import type { Row } from "../../lambdas/upload-events/upload-row";

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

/** Adds rows up by device. */
export class Summary {
  private readonly devices = new Map<string, DeviceSummary>();

  add(row: Row): void {
    const device = String(row.device);
    const before = this.devices.get(device) ?? { device, files: 0, bytes: 0, failed: 0 };
    if (row.outcome !== "completed" || row.problem !== null) {
      this.devices.set(device, { ...before, failed: before.failed + 1 });
      return;
    }
    const ended = String(row.ended);
    const isLater = before.lastUpload === undefined || ended > before.lastUpload;
    this.devices.set(device, {
      ...before,
      ...(isLater && { lastFile: String(row.key), lastUpload: ended }),
      files: before.files + 1,
      bytes: before.bytes + Number(row.bytes),
    });
  }

  /** By name. */
  list(): DeviceSummary[] {
    return [...this.devices.values()].sort((a, b) => (a.device < b.device ? -1 : 1));
  }
}

/** Seconds since the device's last file; undefined when the log has none. */
export function silentSeconds({ lastUpload }: DeviceSummary, now: number): number | undefined {
  return lastUpload === undefined ? undefined : Math.max(0, now - Date.parse(lastUpload) / 1000);
}
