import { replies } from "../replies";
import { always, withArgument } from "./command";

/** AUTH: plain FTP has no TLS to offer. */
export const auth = withArgument((session) => session.reply(replies.noTls));

export const pbsz = always(replies.ok("PBSZ"));

/** PROT: C (clear) only. */
export const prot = withArgument(async (session, level) => {
  switch (level.toUpperCase()) {
    case "C":
      return session.reply(replies.ok("PROT"));
    case "P":
      return session.reply(replies.noProtection);
    default:
      return session.reply(replies.unknownProtection);
  }
});
