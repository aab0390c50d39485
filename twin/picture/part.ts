/** The facts about parts, with their values. */
interface FactValues {
  readonly ftpClient: [];
  readonly deviceRange: [cidr: string];
  readonly sims: [count: number];
  readonly vpgType: [type: number];
  readonly seenFrom: [cidr: string];
  readonly noInternet: [];
  readonly peering: [isAccepted: boolean];
  readonly leadsTo: [cidr: string];
  readonly range: [cidr: string];
  readonly subnets: [count: number, zones: string];
  readonly routes: [count: number, cidr: string];
  readonly transferFamily: [];
  readonly ports: [ports: string];
  readonly allowedFrom: [ranges: string];
  readonly overApi: [];
  readonly overInvoke: [];
  readonly userStore: [store: string];
  readonly lockout: [failures: number, seconds: number];
  readonly versioning: [isOn: boolean];
  readonly oldVersions: [days: number];
  readonly encrypted: [algorithm: string];
  readonly eventBridge: [];
  readonly eventRules: [rules: number, targets: number];
}

type FactName = keyof FactValues;
export type Fact = { [Name in FactName]: readonly [Name, ...FactValues[Name]] }[FactName];

/** The text of each fact. */
export type FactTexts = { readonly [Name in FactName]: (...values: FactValues[Name]) => string };

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
