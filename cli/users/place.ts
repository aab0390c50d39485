/** Where a site's table is, and how to call it. */
export interface Place {
  /** For messages: `stack prod`, `the twin in .twin/dev`. */
  readonly description: string;
  readonly table: string;
  /** Undefined where nobody could say: then the longest name there can be. */
  readonly bucket?: string;
  /** Instead of the region's own DynamoDB. */
  readonly endpoint?: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  close(): Promise<void>;
}
