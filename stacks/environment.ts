/** The differences between environments, as intent. Numbers are in the stack files. */
export interface Environment {
  /** Bucket, user table, server, VPG and network cannot be deleted or replaced without lifting protection first. */
  readonly protect: boolean;
  /** A destroy deletes the bucket with its files. */
  readonly forceDestroy: boolean;
}
