/** Faults of the stand-in, and the calls that they apply to. */

/**
 * - `429`, `500`: refused with an error body, nothing done. `502`: an HTML page, as a load balancer sends.
 * - `hang`: never a reply, nothing done. `cut`: the connection ends without a reply, nothing done.
 * - `…-after`: the same, after the change is made.
 * - `failed`: the VPG that this call creates reaches the status `failed`.
 */
export const faultKinds = [
  ...(["429", "500", "502", "hang", "cut"] as const),
  ...(["500-after", "502-after", "hang-after", "cut-after", "failed"] as const),
];

export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Only calls of this operation. Default: all but `auth`. */
  readonly operationId?: string;
  /** Only the n-th matching call, from 1. Default: all. */
  readonly nth?: number;
  /** Only this share of the matching calls, 0 to 1, drawn from a fixed sequence. Default: all. */
  readonly rate?: number;
}

/**
 * Reads `kind[:operationId][:nth | :percent%]`, for example `429:createGroup:1` or `500::10%`.
 * Throws an Error that describes the mistake.
 */
export function parseFault(text: string): Fault {
  const [kind, operationId, when, ...rest] = text.split(":");
  const known = faultKinds.find((candidate) => candidate === kind);
  const match = /^(?:([1-9]\d*)|(\d{1,3})%)?$/.exec(when ?? "");
  if (!known || rest.length > 0 || !match) {
    throw new Error(
      `"${text}" is no fault: kind[:operationId][:nth|:percent%], kind one of ${faultKinds.join(", ")}`,
    );
  }
  return {
    kind: known,
    ...(operationId ? { operationId } : {}),
    ...(match[1] ? { nth: Number(match[1]) } : {}),
    ...(match[2] ? { rate: Number(match[2]) / 100 } : {}),
  };
}

/** Selects the fault of each call. */
export class FaultPlan {
  private readonly seen: number[];
  private random = 42;

  constructor(private readonly faults: readonly Fault[] = []) {
    this.seen = faults.map(() => 0);
  }

  /** The fault of this call. Must be called exactly once for every call of the API. */
  next(operationId: string): FaultKind | undefined {
    let hit: FaultKind | undefined;
    this.faults.forEach((fault, index) => {
      const fits = fault.operationId ? fault.operationId === operationId : operationId !== "auth";
      if (!fits) return;
      this.seen[index]++;
      if (fault.nth !== undefined && fault.nth !== this.seen[index]) return;
      if (fault.rate !== undefined && this.draw() >= fault.rate) return;
      hit ??= fault.kind;
    });
    return hit;
  }

  /** 0 to 1, always the same sequence (a linear congruential generator, Numerical Recipes). */
  private draw(): number {
    this.random = (Math.imul(this.random, 1664525) + 1013904223) >>> 0;
    return this.random / 2 ** 32;
  }
}
