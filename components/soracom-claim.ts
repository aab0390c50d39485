import * as pulumi from "@pulumi/pulumi";

import { checkedCoverage } from "./internal/coverage";
import { field, soracomCommand } from "./internal/soracom-command";

/** Prefix and coverage of the owner id. */
export interface SoracomClaimArgs {
  /** SORACOM coverage of the items created under the claim: `jp` (Japan) or `g` (Global). */
  coverage: pulumi.Input<string>;
  /** Prefix of the owner id, for example `canal-ftp/dev`; ten random characters follow. */
  prefix: pulumi.Input<string>;
  /**
   * An owner id to take over, with every VPG, peering, group and SIM that carries it: for a stack whose state was lost.
   * Default: a new one.
   */
  owner?: pulumi.Input<string>;
  /**
   * `vpg`, `group` or both, if they exist before and are used instead of creating them: SORACOM's key then needs no
   * permission to create them.
   */
  existing?: string[];
}

/**
 * The claim under which everything at SORACOM is created: a unique owner id that is in Pulumi's state before anything
 * that bills exists.
 *
 * Pulumi records nothing of a create that failed or was interrupted. Each VPG, peering and group therefore carries the
 * owner id from its creation on, and the deletion of the claim, the last one of a destroy, removes everything that
 * carries it. Two stacks with the same name have different ids, so neither uses the other's VPG. The claim costs nothing.
 *
 * @example new SoracomClaim("site-soracom", { coverage: "jp", prefix: "canal-ftp/dev" })
 */
export class SoracomClaim extends pulumi.ComponentResource {
  /** For example `canal-ftp/dev/k3j9x2ab4m`. It stays the same as long as the claim exists. */
  readonly owner: pulumi.Output<string>;

  constructor(name: string, args: SoracomClaimArgs, opts?: pulumi.ComponentResourceOptions) {
    super("canal-ftp:index:SoracomClaim", name, args, opts);
    const { prefix, owner, existing } = args;
    const coverage = checkedCoverage(name, args.coverage);

    // No triggers: a replacement would remove everything that carries the id.
    const claim = soracomCommand(
      `${name}-claim`,
      "claim",
      { coverage, prefix, ...(owner ? { owner } : {}), ...(existing?.length ? { existing } : {}) },
      [],
      { parent: this },
    );
    this.owner = field(claim, "owner");
    this.registerOutputs({ owner: this.owner });
  }
}
