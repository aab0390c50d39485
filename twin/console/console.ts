import * as path from "node:path";

import { ofType, variablesOf } from "../../lib/stack/resource";
import type { TwinOptions } from "../options";
import { draw } from "../picture/layout";
import { partsOf } from "../picture/parts";
import type { Twin, TwinObserver } from "../twin";
import { combineObservers } from "./combine-observers";
import { Feed } from "./feed";
import { listFiles, ShownFiles } from "./files";
import type { LockRules } from "./lock-list";
import { ConsoleServer } from "./server";
import { ConsoleState } from "./state";

/** Milliseconds between two reads of the files. */
const filesMs = 500;

export interface ConsoleOptions {
  /** 0 selects a free port. */
  readonly port: number;
  /** False: no number of failed logins locks a user. */
  readonly lockout: boolean;
  /** The store of the files when it is not a folder, for example `s3://bucket`. */
  readonly store?: string;
}

/**
 * Starts a twin, with a console if the options ask for one. Closing the twin closes the console.
 *
 * @param start - Starts the twin with the given observer.
 * @throws the errors of `start`, and Error for a port that is not available
 */
export async function withConsole(
  options: TwinOptions,
  observer: TwinObserver,
  start: (observer: TwinObserver) => Promise<Twin>,
): Promise<{ readonly twin: Twin; readonly url?: string }> {
  if (options.console === undefined) return { twin: await start(observer) };
  const state = new ConsoleState();
  const twin = await start(combineObservers(observer, state.observer));
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
 * Serves the page of a twin from the state of its observer.
 *
 * @throws Error for a port that is not available
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
  state.listener = feed.publish;
  const versionFolder = path.join(files, "..", "..", "versions", bucket);
  return ConsoleServer.listen(options.port, {
    site: () => ({ project, stack: name, ftp, bucket, deviceAddress, store: options.store }),
    picture: (language, shape) =>
      draw(parts, { language, shape, region, project, stack: name, caption: false }),
    files: atMostEvery(filesMs, async () =>
      options.store === undefined ? listFiles(files, versionFolder) : undefined,
    ),
    feed,
  });
}

/** The lockout's settings in the login function's variables. */
function lockRules({ stack }: Twin, isOn: boolean): LockRules {
  const variables = ofType(stack.resources, "aws:lambda/function:Function").map(variablesOf);
  const settings = variables.find(({ LOCKOUT_FAILURES }) => LOCKOUT_FAILURES !== undefined);
  return {
    failures: isOn && settings ? Number(settings.LOCKOUT_FAILURES) : undefined,
    windowMs: Number(settings?.LOCKOUT_WINDOW_SECONDS ?? 900) * 1000,
  };
}

/** Shares one result between calls at about the same time: reading a large folder takes a while. */
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
