import { version } from "@pulumi/awsx/package.json";
import * as pulumi from "@pulumi/pulumi";
import { main, Provider } from "@pulumi/pulumi/provider";

import { unknownInputs } from "../known-inputs";
import { endWithParent } from "../parent";
import { Vpc, VpcInputs } from "./vpc";

const provider: Provider = {
  version,

  async construct(name, type, inputs, options) {
    const wrong = type === "awsx:ec2:Vpc" ? unknownInputs(type, inputs) : [];
    if (type !== "awsx:ec2:Vpc") wrong.push(`The twin has no component ${type}.`);
    if (wrong.length > 0) throw new pulumi.RunError(wrong.join(" "));
    // Tags and the like are plain by contract; whatever came as an output is waited for.
    const plain = await new Promise<VpcInputs>((resolve) => {
      pulumi.output(inputs).apply((value) => resolve(value as unknown as VpcInputs));
    });
    const vpc = new Vpc(name, plain, options);
    return { urn: vpc.urn, state: vpc.state };
  },
};

endWithParent();
void main(provider, process.argv.slice(2));
