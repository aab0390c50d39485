/** A failure of a server, or of the path to it. The message never contains a password. */
export class FtpFailure extends Error {
  override readonly name = "FtpFailure";
}
