import { facts } from "../listing";
import { replies } from "../replies";
import { withArgument } from "./command";

/** OPTS UTF8 (names are UTF-8 anyway) and OPTS MLST, which chooses the facts of MLST and MLSD and their order. */
export const opts = withArgument(async (session, argument) => {
  const [option, ...rest] = argument.split(" ");
  switch (option.toUpperCase()) {
    case "UTF8":
      return session.reply(replies.ok("OPTS"));
    case "MLST":
      session.facts = rest
        .join(" ")
        .split(";")
        .flatMap((word) => facts.filter((fact) => fact.toLowerCase() === word.toLowerCase()));
      return session.reply(replies.ok("OPTS"));
    default:
      return session.reply(replies.badOption);
  }
});
