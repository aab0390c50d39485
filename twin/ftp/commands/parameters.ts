import { replies } from "../replies";
import { withArgument, type Command } from "./command";

/** TYPE: A or I, by the first letter. Neither changes a byte, as AWS documents binary transfers only. */
export const type = withArgument(async (session, argument) => {
  const letter = argument[0].toUpperCase();
  if (letter !== "A" && letter !== "I") {
    return session.reply(replies.badParameter("TYPE", argument));
  }
  session.type = letter;
  await session.reply(replies.ok("TYPE"));
});

/** MODE: stream only (Transfer Family user guide, "Transferring files"). */
export const mode = onlyLetter("MODE", "S");

/** STRU: file structure only. */
export const stru = onlyLetter("STRU", "F");

/** LANG: only the default language. */
export const lang: Command = (session, language) =>
  session.reply(language === undefined ? replies.ok("LANG") : replies.badLanguage);

function onlyLetter(name: string, letter: string): Command {
  return withArgument((session, argument) =>
    session.reply(
      argument[0].toUpperCase() === letter
        ? replies.ok(name)
        : replies.badParameter(name, argument),
    ),
  );
}
