/** What one environment wants differently from another, as intent. Numbers are in the stack files. */
export interface Environment {
  /** Bucket, user table, server, VPG and network cannot be deleted or replaced without lifting protection first. */
  readonly protect: boolean;
  /** A destroy deletes the bucket with the files in it. */
  readonly forceDestroy: boolean;
}
