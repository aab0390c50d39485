/** A file that a device has uploaded, as your own function gets it. */
export interface UploadedFile {
  /** The same for every delivery of the same upload; another for the next upload of the same name. */
  readonly id: string;
  /** Name of the user that logged in. With a user for each device, the device. */
  readonly device: string;
  readonly bucket: string;
  /** For example `users/camera01/2026/a.jpg`. */
  readonly key: string;
  readonly bytes: number;
  readonly etag?: string;
  /** Version in the bucket, so that a later upload of the same name is not taken for this one. */
  readonly version?: string;
  /** What S3 holds as the checksum, for example `crc64nvme:rosUhgpXmYg=`. */
  readonly checksum?: string;
  /** Address the server saw. Behind Canal it is the VPG gateway's, shared by many SIMs. */
  readonly address?: string;
  /** The server's clock, not the device's. */
  readonly started: Date;
  readonly ended: Date;
  /** The whole contents. Rejects when another file has taken the name meanwhile. */
  read(): Promise<Buffer>;
}

/** Your own function. What it rejects with is tried again. */
export type OnUpload = (file: UploadedFile) => Promise<void>;
