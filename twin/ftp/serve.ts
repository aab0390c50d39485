import { commands, commandsBeforeLogin } from "./commands";
import { LineReader, type Line } from "./line-reader";
import { replies } from "./replies";
import { parseRequest, type Request } from "./request";
import type { Session } from "./session";

/**
 * Serves a session's client until it leaves: greets it, and runs its commands one after the other. Resolves when all
 * its files are settled. Never rejects.
 */
export async function serve(session: Session): Promise<void> {
  const { control, data } = session;
  session.emit({ kind: "connected", address: control.clientAddress, source: session.source });
  await session.reply(replies.serviceReady);
  await answerLines(session);
  data.close();
  control.close(control.closeReason);
  session.emit({ kind: "closed", reason: control.closeReason });
}

async function answerLines(session: Session): Promise<void> {
  const lines = new LineReader();
  for await (const chunk of session.control.received()) {
    for (const line of lines.push(chunk)) {
      await handle(session, line);
      if (session.isOver) return;
    }
  }
}

async function handle(session: Session, line: Line): Promise<void> {
  switch (line.kind) {
    case "too-long":
      return session.end("command line longer than 1024 bytes");
    case "not-utf8":
      report(session, parseRequest(line.text), line.text, line.bytes);
      return session.refuse("A command line is not UTF-8.", replies.invalidCharacter);
    case "line":
      return execute(session, parseRequest(line.text), line.text);
  }
}

function report(
  session: Session,
  { name, argument = "" }: Request,
  line: string,
  bytes?: Buffer,
): void {
  session.emit(
    name === "PASS"
      ? { kind: "command", line: "PASS ***", passwordLength: argument.length }
      : { kind: "command", line, ...(bytes === undefined ? {} : { bytes }) },
  );
}

async function execute(session: Session, request: Request, line: string): Promise<void> {
  const { name, argument } = request;
  report(session, request, line);
  if (session.context.faults("drop-control")) {
    session.emit({ kind: "refused", reason: "Fault drop-control: the connection is dropped." });
    return session.reset("fault drop-control");
  }
  if (session.context.faults("silent-control")) {
    session.emit({ kind: "refused", reason: "Fault silent-control: nothing is answered." });
    await session.control.left();
    return session.end("fault silent-control");
  }
  if (session.login === undefined && !commandsBeforeLogin.has(name)) {
    return session.reply(replies.accessDenied);
  }
  const command = commands.get(name);
  if (name !== "RNTO") {
    session.renameFrom = undefined;
  }
  if (command === undefined) {
    return session.refuse(
      `${name.slice(0, 20)} is not among the FTP commands that Transfer Family supports.`,
      replies.notImplemented(name),
    );
  }
  try {
    await command(session, argument);
  } catch (error) {
    await session.refuse((error as Error).message, replies.requestedActionNotTaken);
  }
}
