/** Something to know of a part; which, and its numbers. */
export type Fact =
  | readonly ["ftpClient" | "noInternet" | "transferFamily" | "overApi" | "overInvoke"]
  | readonly ["eventBridge"]
  | readonly ["deviceRange" | "seenFrom" | "leadsTo" | "range", cidr: string]
  | readonly ["ports" | "allowedFrom" | "encrypted" | "userStore", value: string]
  | readonly ["sims" | "vpgType" | "oldVersions", count: number]
  | readonly ["subnets", count: number, zones: string]
  | readonly ["routes", count: number, cidr: string]
  | readonly ["lockout", failures: number, seconds: number]
  | readonly ["eventRules", rules: number, targets: number]
  | readonly ["peering" | "versioning", isOn: boolean];

/** In the order a file passes them; the identity provider stands beside the endpoint. */
export const partNames = [
  "device",
  "sims",
  "vpg",
  "canal",
  "vpc",
  "endpoint",
  "identity",
  "bucket",
  "events",
] as const;
export type PartName = (typeof partNames)[number];

export interface Part {
  readonly part: PartName;
  /** The resource that stands for it; undefined for what the stack does not make. */
  readonly name?: string;
  readonly facts: readonly Fact[];
  /** Labels of its resources: a log that names one of them is about this part. */
  readonly resources: readonly string[];
}
