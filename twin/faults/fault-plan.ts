import type { FaultKind, FaultSetting } from "./fault-setting";

/** Decides, each time a fault could happen, whether it does. */
export class FaultPlan {
  private readonly opportunities = new Map<FaultSetting, number>();

  /** `random` gives numbers from 0 to just below 1. */
  constructor(
    private readonly settings: readonly FaultSetting[],
    private readonly random: () => number = Math.random,
  ) {}

  /** The setting that makes it happen now; undefined when it does not. */
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

  /** Whether a fault that is a state was asked for. */
  isActive(kind: FaultKind): boolean {
    return this.settings.some((setting) => setting.kind === kind);
  }
}
