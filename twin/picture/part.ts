/** A fact about a part, with its values. */
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

/** In the order of a file's path; the identity provider is next to the endpoint. */
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
  /** Name of its main resource; undefined for a part that the stack does not make. */
  readonly name?: string;
  readonly facts: readonly Fact[];
  /** Labels of its resources: a log line that names one of them is about this part. */
  readonly resources: readonly string[];
}
