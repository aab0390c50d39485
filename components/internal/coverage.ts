import * as pulumi from "@pulumi/pulumi";

import { vpgRegions } from "../../lib/soracom-regions";
import { oneOf } from "./one-of";

/** A coverage of SORACOM; the preview fails for another text. */
export function checkedCoverage(
  name: string,
  coverage: pulumi.Input<string>,
): pulumi.Output<string> {
  const check = (given: string) => oneOf(`coverage of ${name}`, given, Object.keys(vpgRegions));
  // A text fails where the program has it.
  return typeof coverage === "string"
    ? pulumi.output(check(coverage))
    : pulumi.output(coverage).apply(check);
}
