import { systemClock, type Clock } from "../clock";
import type { FtpService, Home, LoginAttempt, LoginResult, Upload, Verdict } from "../ftp/service";
import type { FaultPlan } from "./fault-plan";

/** Reasons of permanent faults that make every port unreachable. */
const unreachableReasons = {
  "server-stopped": "Fault server-stopped: the server is not running.",
  "peering-deleted": "Fault peering-deleted: the peering connection was deleted at AWS.",
  "vpg-failed": "Fault vpg-failed: SORACOM's VPG does not run.",
} as const;

/** Injects faults of the network, of logins and of the disk into a service, according to the plan. */
export class FaultyService implements FtpService {
  constructor(
    private readonly service: FtpService,
    private readonly plan: FaultPlan,
    private readonly clock: Clock = systemClock,
  ) {}

  admits(port: number, source?: string): Verdict {
    for (const [kind, reason] of Object.entries(unreachableReasons)) {
      if (this.plan.isActive(kind as keyof typeof unreachableReasons))
        return { allowed: false, reason };
    }
    return this.service.admits(port, source);
  }

  async login(attempt: LoginAttempt): Promise<LoginResult> {
    const late = this.plan.next("slow-login");
    if (late !== undefined) {
      await new Promise<void>((resolve) => this.clock.after(late.seconds * 1000, resolve));
    }
    const result = await this.service.login(attempt);
    return result.granted ? { ...result, home: this.withFullDisk(result.home) } : result;
  }

  /** The same home with uploads that can fail. */
  private withFullDisk(home: Home): Home {
    const write = async (path: string): Promise<Upload> => {
      const upload = await home.write(path);
      return this.plan.next("full-disk") === undefined ? upload : fullDisk(upload);
    };
    return Object.assign(Object.create(home) as Home, { write });
  }
}

/** An upload that fails with its first bytes, as on a full disk. */
function fullDisk(upload: Upload): Upload {
  return {
    write: async () => {
      throw new Error("Fault full-disk: no space left on device.");
    },
    commit: () => upload.commit(),
    keepPartial: () => upload.keepPartial(),
  };
}
