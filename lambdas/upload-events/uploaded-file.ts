/** A file that a device has uploaded, as the user's function receives it. */
export interface UploadedFile {
  /** The same for every delivery of the same file; another for the next upload of the same name. */
  readonly id: string;
  /** Name of the user that logged in. With a user for each device, the device. */
  readonly device: string;
  readonly bucket: string;
  /** For example `users/camera01/2026/a.jpg`. */
  readonly key: string;
  /** The key under which the device stored the file, if it has renamed it. */
  readonly renamedFrom?: string;
  readonly bytes: number;
  readonly etag?: string;
  /** Version in the bucket: this file, also when a later upload has its name. */
  readonly version: string;
  /** S3's checksum, for example `crc64nvme:rosUhgpXmYg=`. */
  readonly checksum?: string;
  /** Address the server saw. Behind Canal it is the VPG gateway's, shared by many SIMs. */
  readonly address?: string;
  /** Of the upload, or of the rename; the server's clock, not the device's. */
  readonly started: Date;
  readonly ended: Date;
  /** The whole contents. Rejects when S3 no longer has the version. */
  read(): Promise<Buffer>;
}

/** The user's function. A rejected call is retried. */
export type OnUpload = (file: UploadedFile) => Promise<void>;
