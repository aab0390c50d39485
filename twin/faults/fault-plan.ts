import type { FaultKind, FaultSetting } from "./fault-setting";

/** Decides at each opportunity whether to inject a fault. */
export class FaultPlan {
  private readonly opportunities = new Map<FaultSetting, number>();

  /** `random` returns numbers from 0 to less than 1. */
  constructor(
    private readonly settings: readonly FaultSetting[],
    private readonly random: () => number = Math.random,
  ) {}

  /** The setting that injects the fault at this opportunity; undefined without one. */
  next(kind: FaultKind): FaultSetting | undefined {
    let struck: FaultSetting | undefined;
    for (const setting of this.settings.filter((each) => each.kind === kind)) {
      const count = (this.opportunities.get(setting) ?? 0) + 1;
      this.opportunities.set(setting, count);
      const happens =
        setting.nth === undefined ? this.random() < setting.rate : count === setting.nth;
      struck ??= happens ? setting : undefined;
    }
    return struck;
  }

  /** Whether a permanent fault was requested. */
  isActive(kind: FaultKind): boolean {
    return this.settings.some((setting) => setting.kind === kind);
  }
}
