import { pause } from "../../clock";
import { replies } from "../replies";
import type { LoginResult } from "../service";
import type { Session } from "../session";
import type { Command } from "./command";

/** Bad passwords on one connection before it is closed (Apache FtpServer 1.2.1). */
const maxFailures = 3;

/**
 * USER. The name is not checked before PASS; "anonymous" is a name like others, as a custom identity provider
 * decides on all of them (the model refuses it by a setting of its own user manager).
 */
export const user: Command = async (session, name) => {
  if (name === undefined) {
    await session.reply(replies.syntaxError);
    session.end("USER without a name");
  } else if (session.login?.user === name) {
    await session.reply(replies.sameUser);
  } else if (session.login !== undefined) {
    await session.reply(replies.otherUser);
    session.end("USER with another name after login");
  } else {
    session.pendingUser = name;
    await session.reply(replies.needPassword(name));
  }
};

/** PASS. A second PASS after login logs the session out, as in Apache FtpServer 1.2.1. */
export const pass: Command = async (session, password) => {
  const name = session.pendingUser;
  session.pendingUser = undefined;
  if (session.login !== undefined) {
    session.login = undefined;
    return session.reply(replies.passwordTwice);
  }
  if (name === undefined) {
    return session.reply(replies.userFirst);
  }
  const result = await authenticate(session, name, password ?? "");
  const role = result.granted ? result.role : undefined;
  session.emit({ kind: "login", user: name, granted: result.granted, ...(role && { role }) });
  if (result.granted) {
    session.login = { user: name, home: result.home };
    session.folder = "/";
    return session.reply(replies.loggedIn);
  }
  const { clock, failedLoginDelayMs } = session.context;
  await pause(clock, failedLoginDelayMs, session.control.gone);
  await session.refuse(result.reason, replies.authenticationFailed, result.code);
  session.failedLogins++;
  if (session.failedLogins >= maxFailures) {
    session.end(`${maxFailures} failed logins`);
  }
};

/** The client receives the same reply for a failed identity provider as for a wrong password. */
async function authenticate(
  session: Session,
  name: string,
  password: string,
): Promise<LoginResult> {
  try {
    const { id: sessionId, source } = session;
    return await session.context.service.login({ sessionId, user: name, password, source });
  } catch (error) {
    const reason = `The identity provider failed: ${(error as Error).message}`;
    return { granted: false, reason };
  }
}
