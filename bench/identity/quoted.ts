import type { Figure } from "../measure";

/**
 * Other identity providers for Transfer Family, for comparison. They were measured once and not in this run, on two
 * shared vCPU (AMD EPYC), Python 3.11, with a local stand-in for AWS; each figure is the minimum of five runs. Their
 * sources:
 * - toolkit: https://github.com/aws-samples/toolkit-for-aws-transfer-family at 8ff66a8, `solutions/custom-idp`, with
 *   its argon2 module;
 * - CDK sample: https://github.com/aws-samples/ftp-with-password-authentication-cdk-sample at 2c674eb, which compares
 *   passwords in clear text.
 */
export const quotedFigures: readonly Figure[] = [
  quoted("toolkit: bundle, zipped", "KiB", 24.1 * 1024),
  quoted("toolkit: fresh process to first reply", "ms", 607),
  quoted("toolkit: first reply at the CPU share of 512 MB", "ms", 2580),
  quoted("toolkit: warm decision, with its hash, p50", "ms", 135),
  quoted("toolkit: peak memory", "MiB", 124),
  quoted("CDK sample: fresh process to first reply, no hash", "ms", 210),
  quoted("CDK sample: first reply at the CPU share of 512 MB", "ms", 1041),
  quoted("CDK sample: warm decision, no hash, p50", "ms", 4.8),
  quoted("CDK sample: peak memory", "MiB", 44),
];

function quoted(what: string, unit: string, value: number): Figure {
  return { what: `(quoted) ${what}`, unit, values: [value] };
}
