import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";

import type { Drawing } from "../picture/drawing";
import { PictureShape, shapesOfPicture } from "../picture/layout";
import { Language, languages } from "../picture/texts";
import type { Feed } from "./feed";
import type { ShownFiles } from "./files";
import { requestRefusal, securityHeaders } from "./guard";
import { preferredLanguage } from "./language";

/** The contents of the page. */
export interface ConsoleContents {
  /** The data of the page's header. */
  readonly site: () => object;
  readonly picture: (language: Language, shape: PictureShape) => Drawing;
  /** Undefined when the files are not in a folder. */
  readonly files: () => Promise<ShownFiles | undefined>;
  readonly feed: Feed;
}

/** The most pages that may be open at the same time. */
const maxPages = 8;

/** The page's files, by URL path. */
const assets: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/icon.svg": ["page/icon.svg", "image/svg+xml"],
  "/console.css": ["page/console.css", "text/css"],
  "/picture.css": ["../picture/picture.css", "text/css"],
  ...Object.fromEntries(
    ["main", "dom", "texts", "findings-ja", "picture", "sessions", "lists", "format"].map(
      (name) => [`/${name}.mjs`, [`page/${name}.mjs`, "text/javascript"] as const],
    ),
  ),
};

/** Serves the console's page and its data on 127.0.0.1, to its own page only. */
export class ConsoleServer {
  private constructor(
    private readonly server: Server,
    private readonly feed: Feed,
    /** URL of the page. */
    readonly url: string,
  ) {}

  /** @throws Error for a port that is not available */
  static async listen(port: number, contents: ConsoleContents): Promise<ConsoleServer> {
    const server = createServer((request, response) => {
      respond(request, response, (server.address() as AddressInfo).port, contents).catch(
        (error: Error) => {
          if (!response.headersSent) fail(response, 500, error.message);
          else response.destroy();
        },
      );
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
      contents.feed.close();
      const reason =
        error.code === "EADDRINUSE" ? "is in use" : `is not available: ${error.message}`;
      throw new Error(`Port ${port} ${reason} (choose another with --console PORT)`, {
        cause: error,
      });
    });
    server.on("error", () => undefined);
    const { port: own } = server.address() as AddressInfo;
    return new ConsoleServer(server, contents.feed, `http://127.0.0.1:${own}/`);
  }

  async close(): Promise<void> {
    this.feed.close();
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  contents: ConsoleContents,
): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const refusal = requestRefusal(request.headers, port);
  if (refusal !== undefined) return fail(response, 403, refusal);
  if (request.method !== "GET") return fail(response, 405, "The console is read-only.");

  const [pathname, query] = (request.url ?? "/").split("?", 2);
  const searchParams = new URLSearchParams(query);
  const asset = Object.hasOwn(assets, pathname) ? assets[pathname] : undefined;
  if (asset) {
    const [file, type] = asset;
    return send(response, type, await readFile(path.join(__dirname, file)));
  }
  switch (pathname) {
    case "/": {
      const language = preferredLanguage(request.headers["accept-language"]);
      const page = await readFile(path.join(__dirname, "page", "console.html"), "utf8");
      return send(response, "text/html", page.replace('lang="en"', `lang="${language}"`));
    }
    case "/site.json":
      return send(response, "application/json", JSON.stringify(contents.site()));
    case "/picture.json": {
      const language = oneOf(languages, searchParams.get("lang"));
      const shape = oneOf(shapesOfPicture, searchParams.get("shape"));
      const drawing = contents.picture(language, shape);
      return send(response, "application/json", JSON.stringify(drawing));
    }
    case "/files.json":
      return send(response, "application/json", JSON.stringify((await contents.files()) ?? null));
    case "/feed":
      if (contents.feed.size >= maxPages) {
        return fail(response, 503, `${maxPages} pages are open: close one.`);
      }
      response.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" });
      return contents.feed.addPage(response);
    default:
      return fail(response, 404, "There is no such page.");
  }
}

/** The given value if it is one of the values, else the first. */
function oneOf<T extends string>(values: readonly T[], given: string | null): T {
  return values.find((value) => value === given) ?? values[0];
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { "Content-Type": `${type}; charset=utf-8` });
  response.end(body);
}

function fail(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${message}\n`);
}
