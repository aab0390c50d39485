import type { DeviceSummary } from "../../lambdas/silent-devices/device-summary";
import type { Row } from "../../lambdas/upload-events/upload-row";

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
