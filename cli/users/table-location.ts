import type { AwsApi } from "../core/aws";

/** Where the user table of a stack is. */
export interface TableLocation {
  /** For messages: `stack prod`, `the twin in .twin/dev`. */
  readonly description: string;
  readonly table: string;
  /** Undefined where it is not known. */
  readonly bucket?: string;
  readonly api: AwsApi;
  close(): Promise<void>;
}
