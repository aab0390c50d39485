import * as pulumi from "@pulumi/pulumi";

/** Tags of AWS resources. */
export type InputTags = pulumi.Input<Record<string, pulumi.Input<string>>>;

/** Tags with the name that AWS's console shows. */
export function named(
  tags: InputTags | undefined,
  name: string,
): pulumi.Output<Record<string, string>> {
  return pulumi
    .output(tags ?? {})
    .apply((given: Record<string, string>): Record<string, string> => ({ ...given, Name: name }));
}
