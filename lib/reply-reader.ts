import type { Socket } from "node:net";

import { FtpReplies, NoReply } from "./ftp-replies";

/** The replies of a control connection as a dialogue shows them: that there is none is a line as well. */
export class ReplyReader {
  private readonly replies: FtpReplies;

  constructor(socket: Socket) {
    this.replies = new FtpReplies(socket);
  }

  /** The next reply; "(closed)" when the server has gone, "(no reply)" when none came in time. */
  async next(ms: number): Promise<string> {
    try {
      return await this.replies.next(performance.now() + ms);
    } catch (error) {
      if (!(error instanceof NoReply)) throw error;
      return error.isLate ? "(no reply)" : "(closed)";
    }
  }
}
