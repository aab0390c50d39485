import * as path from "node:path";

import { ofType } from "../../lib/stack/resource";
import { draw } from "../picture/layout";
import { partsOf } from "../picture/parts";
import type { TwinOptions } from "../options";
import type { Twin, TwinObserver } from "../twin";
import { Feed } from "./feed";
import { listFiles, ShownFiles } from "./files";
import type { LockRules } from "./lock-book";
import { ConsoleServer } from "./server";
import { bothObservers } from "./both-observers";
import { ConsoleState } from "./state";

/** Milliseconds for which the files are not read again. */
const FILES_MS = 500;

export interface ConsoleOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** False: no number of failed logins locks a user. */
  readonly lockout: boolean;
  /** Where files are when they are in no folder, for example `s3://bucket`. */
  readonly store?: string;
}

/**
 * Starts a twin, with a console where the options ask for one. The console goes when the twin is closed.
 *
 * @param start starts the twin with the observer it is given
 * @throws what `start` throws; Error for a port that cannot be had
 */
export async function withConsole(
  options: TwinOptions,
  observer: TwinObserver,
  start: (observer: TwinObserver) => Promise<Twin>,
): Promise<{ readonly twin: Twin; readonly url?: string }> {
  if (options.console === undefined) return { twin: await start(observer) };
  const state = new ConsoleState();
  const twin = await start(bothObservers(observer, state.observer));
  try {
    const page = await openConsole(twin, state, {
      port: options.console,
      lockout: options.lockout !== false,
      store: options.s3 && `s3://${options.s3.bucket}`,
    });
    const close = async () => {
      await page.close();
      await twin.close();
    };
    return { twin: { ...twin, close }, url: page.url };
  } catch (error) {
    await twin.close();
    throw error;
  }
}

/**
 * Serves the page that shows a twin, from what its observer has been told.
 *
 * @throws Error for a port that cannot be had
 */
export async function openConsole(
  twin: Twin,
  state: ConsoleState,
  options: ConsoleOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { stack, ftp, bucket, files, deviceAddress } = twin;
  const parts = partsOf(stack);
  const [, , , region] = twin.server.arn.split(":");
  const { project, stack: name } = stack;
  state.begin(parts, lockRules(twin, options.lockout));
  const feed = new Feed(() => state.snapshot);
  state.listener = feed.take;
  const shelf = path.join(files, "..", "..", "versions", bucket);
  return ConsoleServer.listen(options.port, {
    site: () => ({ project, stack: name, ftp, bucket, deviceAddress, store: options.store }),
    picture: (language, shape) =>
      draw(parts, { language, shape, region, project, stack: name, caption: false }),
    files: atMostEvery(FILES_MS, async () =>
      options.store === undefined ? listFiles(files, shelf) : undefined,
    ),
    feed,
  });
}

/** The lockout as the function that decides on logins was given it. */
function lockRules({ stack }: Twin, isOn: boolean): LockRules {
  const variables = ofType(stack.resources, "aws:lambda/function:Function").map(
    ({ outputs }) => (outputs.environment as { variables?: Record<string, string> })?.variables,
  );
  const given = variables.find((one) => one?.LOCKOUT_FAILURES !== undefined);
  return {
    failures: isOn && given ? Number(given.LOCKOUT_FAILURES) : undefined,
    windowMs: Number(given?.LOCKOUT_WINDOW_SECONDS ?? 900) * 1000,
  };
}

/** Several who ask at about the same time get one answer: a folder of thousands takes a while to read. */
function atMostEvery(
  ms: number,
  read: () => Promise<ShownFiles | undefined>,
): () => Promise<ShownFiles | undefined> {
  let last: { readonly at: number; readonly answer: Promise<ShownFiles | undefined> } | undefined;
  return () => {
    const now = Date.now();
    if (last === undefined || now - last.at > ms) last = { at: now, answer: read() };
    return last.answer;
  };
}
