import type { Socket } from "node:net";

import { FtpReplies, NoReply } from "./ftp-replies";

/** The replies of a control connection, with a line for a missing one. */
export class ReplyReader {
  private readonly replies: FtpReplies;

  constructor(socket: Socket) {
    this.replies = new FtpReplies(socket);
  }

  /** The next reply; "(closed)" after the end of the connection, "(no reply)" after the time. */
  async next(ms: number): Promise<string> {
    try {
      return await this.replies.next(performance.now() + ms);
    } catch (error) {
      if (!(error instanceof NoReply)) throw error;
      return error.isLate ? "(no reply)" : "(closed)";
    }
  }
}
