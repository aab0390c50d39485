import type { Resource } from "./resource";

/** What a provider returns for a resource that it created. */
export interface Created {
  /** Empty for a component. */
  readonly id: string;
  /** Outputs in addition to the inputs, which every resource returns. */
  readonly outputs: Record<string, unknown>;
  /** Resources that a component of another language creates; the program does not register them itself. */
  readonly children?: readonly Resource[];
}

/** What a provider's results depend on. */
export interface ProviderState {
  /** The stack's configuration. */
  readonly config: Readonly<Record<string, string>>;
  /** The resources that exist so far. */
  resources(): readonly Resource[];
  /** Address of the device, inside the range of the stack's VPG. Default: 100.64.0.10. */
  readonly deviceAddress?: string;
}

/** The providers of a program's resources, as far as an evaluation needs them. */
export interface Providers {
  /** @param isCustom - False for a component. */
  create(
    type: string,
    name: string,
    inputs: Readonly<Record<string, unknown>>,
    isCustom: boolean,
    state: ProviderState,
  ): Created;
  /** The result of a provider function, for example `aws.ec2.getRouteTable`. Throws when it is not known. */
  invoke(
    token: string,
    inputs: Readonly<Record<string, unknown>>,
    state: ProviderState,
  ): Record<string, unknown>;
}
