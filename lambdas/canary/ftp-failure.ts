/** Something a server, or the path to it, did not do as it should; the message never holds a password. */
export class FtpFailure extends Error {
  override readonly name = "FtpFailure";
}
