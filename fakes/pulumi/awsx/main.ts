import { version } from "@pulumi/awsx/package.json";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { main, Provider } from "@pulumi/pulumi/provider";

import { unknownInputs } from "../known-inputs";
import { endWithParent } from "../parent";
import { Vpc, VpcInputs } from "./vpc";

type GivenInputs = Omit<VpcInputs, "availabilityZoneNames"> & {
  readonly availabilityZoneNames?: readonly string[];
  readonly numberOfAvailabilityZones?: number;
};

const provider: Provider = {
  version,

  async construct(name, type, inputs, options) {
    const wrong = type === "awsx:ec2:Vpc" ? unknownInputs(type, inputs) : [];
    if (type !== "awsx:ec2:Vpc")
      wrong.push(`The awsx provider of the tests does not implement ${type}.`);
    if (wrong.length > 0) throw new pulumi.RunError(wrong.join(" "));
    // Tags and similar inputs are plain by contract; inputs that are outputs are resolved first.
    const plain = await new Promise<GivenInputs>((resolve) => {
      pulumi.output(inputs).apply((value) => resolve(value as unknown as GivenInputs));
    });
    const vpc = new Vpc(name, { ...plain, availabilityZoneNames: await zonesOf(plain) }, options);
    return { urn: vpc.urn, state: vpc.state };
  },
};

/** Zones by name, or as awsx chooses them: the first that AWS lists. */
async function zonesOf(inputs: GivenInputs): Promise<readonly string[]> {
  if (inputs.availabilityZoneNames) return inputs.availabilityZoneNames;
  return (await aws.getAvailabilityZones()).names.slice(0, inputs.numberOfAvailabilityZones);
}

endWithParent();
void main(provider, process.argv.slice(2));
