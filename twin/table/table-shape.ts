/** Name and key schema, in the form of aws.dynamodb.Table. */
export interface TableShape {
  readonly name: string;
  readonly hashKey: string;
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
  readonly pointInTimeRecovery?: { readonly enabled?: boolean };
}
