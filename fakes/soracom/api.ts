import { readFileSync } from "node:fs";
import http from "node:http";
import { AddressInfo } from "node:net";
import path from "node:path";
import express, { ErrorRequestHandler, RequestHandler, Response } from "express";
import * as validator from "express-openapi-validator";
import { parse } from "yaml";
import { Fault, FaultKind, FaultPlan } from "./faults";
import { operations, Reply } from "./operations";
import { RateLimit, RateLimiter } from "./rate-limits";
import { ApiError } from "./rules";
import { Behaviour, World } from "./world";

/** A call that the API received. */
export interface Call {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

export interface ApiOptions extends Partial<Behaviour> {
  /** Port on 127.0.0.1. Default: any free one. */
  readonly port?: number;
  readonly faults?: readonly Fault[];
  /** Default: none. */
  readonly rateLimit?: RateLimit;
  /** The accepted key. Default: any. */
  readonly authKeyId?: string;
  readonly authKey?: string;
  /** Whether replies are checked against the document, not only requests. Default true. */
  readonly checkReplies?: boolean;
  /** The latest version as CLIs read it; older ones print a notice. Default: none. */
  readonly latestCli?: string;
}

/** Observes a call before its change is made, and before its reply is sent. */
export type CallObserver = (call: Call, moment: "before" | "after") => void | Promise<void>;

/** A running stand-in for the SORACOM API. */
export interface SoracomApi {
  /** For SORACOM_ENDPOINT: without /v1 and without a final slash. */
  readonly endpoint: string;
  readonly world: World;
  /** All calls since the start, or since the list was emptied. */
  readonly calls: Call[];
  setFaults(faults: readonly Fault[]): void;
  /** Limits requests from now on; undefined removes the limits. */
  setRateLimit(limit: RateLimit | undefined): void;
  /** Observes every call from now on; undefined removes the observer. */
  watch(watch: CallObserver | undefined): void;
  close(): Promise<void>;
}

type Document = {
  paths: Record<string, Record<string, { operationId?: string } | undefined>>;
};

const methods = ["get", "post", "put", "delete"] as const;

/**
 * Starts a stateful stand-in for the SORACOM API on 127.0.0.1: the operations in openapi.yaml, checked
 * against it both ways, on an in-memory World. In addition: GET /__state and /__calls, PUT /__faults
 * (a list of Fault) and PUT /__sims (a list of SimRecord fields with a simId).
 */
export async function startSoracomApi(options: ApiOptions = {}): Promise<SoracomApi> {
  const file = path.join(__dirname, "openapi.yaml");
  const document = parse(readFileSync(file, "utf8")) as Document;
  const world = new World(options);
  const calls: Call[] = [];
  const tokens = new Map<string, string>();
  let plan = new FaultPlan(options.faults);
  let limiter = options.rateLimit && new RateLimiter(options.rateLimit);
  let watching: CallObserver | undefined;

  const app = express();
  app.disable("x-powered-by");
  app.use(express.json());
  addControl(app, world, calls, (faults) => (plan = new FaultPlan(faults)));
  app.use(
    validator.middleware({
      apiSpec: document as never,
      validateRequests: true,
      validateResponses: (options.checkReplies ?? true) && {
        onError: (error) => {
          throw error;
        },
      },
      validateSecurity: {
        handlers: {
          api_key: (request) => tokens.has(String(request.headers["x-soracom-api-key"])),
          api_token: (request) =>
            tokens.get(String(request.headers["x-soracom-api-key"])) ===
            request.headers["x-soracom-token"],
        },
      },
    }),
  );

  const authenticate = (body: unknown): Reply => {
    const { authKeyId, authKey } = body as { authKeyId: string; authKey: string };
    if (
      authKeyId !== (options.authKeyId ?? authKeyId) ||
      authKey !== (options.authKey ?? authKey)
    ) {
      // AUM is the family of codes SORACOM's authentication uses; which one this is, is not documented.
      throw new ApiError(401, "AUM0000", "the key is not known");
    }
    const apiKey = `api-${world.nextUuid()}`;
    tokens.set(apiKey, `token-${world.nextUuid()}`);
    const userName = world.user?.name;
    const token = { apiKey, token: tokens.get(apiKey), operatorId: "OP0000000000" };
    return { status: 200, body: { ...token, ...(userName !== undefined && { userName }) } };
  };

  const handle =
    (operationId: string): RequestHandler =>
    async (request, response) => {
      const call = { operationId, method: request.method, path: request.path };
      calls.push(call);
      await watching?.(call, "before");
      const limited = limiter?.admit(operationId);
      response.set(limited?.headers ?? {});
      if (limited && !limited.isAdmitted) {
        throw new ApiError(429, "STANDIN_RATE", `too many requests of ${operationId}`);
      }
      const fault = plan.next(operationId);
      if (fault && injectFault(fault, "before", response)) return;
      let reply: Reply;
      try {
        reply =
          operationId === "auth"
            ? authenticate(request.body)
            : operations[operationId](world, {
                path: request.params as Record<string, string>,
                query: request.query,
                body: request.body,
              });
      } finally {
        await watching?.(call, "after");
      }
      if (fault === "failed") failLastVpg(world);
      if (fault && injectFault(fault, "after", response)) return;
      if (options.latestCli) response.set("x-soracom-cli-version", options.latestCli);
      response.set(reply.headers ?? {}).status(reply.status);
      if (reply.body === undefined) response.end();
      else response.json(reply.body);
    };
  for (const [template, item] of Object.entries(document.paths)) {
    const route = `/v1${template.replace(/\{(\w+)\}/g, ":$1")}`;
    for (const method of methods) {
      const operationId = item[method]?.operationId;
      if (operationId) app[method](route, handle(operationId));
    }
  }
  app.use(sendError);

  const server = http.createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    calls,
    setFaults: (faults) => (plan = new FaultPlan(faults)),
    setRateLimit: (limit) => (limiter = limit && new RateLimiter(limit)),
    watch: (watch) => (watching = watch),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Connections that hang because of a fault would keep the server open.
        server.closeAllConnections();
      }),
  };
}

function addControl(
  app: express.Express,
  world: World,
  calls: readonly Call[],
  setFaults: (faults: readonly Fault[]) => void,
): void {
  app.get("/__state", (_request, response) => void response.json(world.snapshot()));
  app.get("/__calls", (_request, response) => void response.json(calls));
  app.put("/__faults", (request, response) => {
    setFaults(request.body as Fault[]);
    response.status(204).end();
  });
  app.put("/__sims", (request, response) => {
    for (const sim of request.body as { simId: string }[]) world.addSim(sim.simId, sim);
    response.status(204).end();
  });
}

/** Injects a due fault; returns whether that ends the call. */
function injectFault(fault: FaultKind, moment: "before" | "after", response: Response): boolean {
  const [kind, when = "before"] = fault.split("-");
  if (when !== moment) return false;
  if (kind === "429") response.status(429).json({ code: "STANDIN_RATE", message: "slow down" });
  else if (kind === "500") response.status(500).json({ code: "STANDIN_FAULT", message: "fault" });
  else if (kind === "502") response.status(502).type("html").end("<h1>502 Bad Gateway</h1>");
  else if (kind === "cut") response.destroy();
  return kind !== "failed";
}

/** Makes the creation of the newest VPG fail. */
function failLastVpg(world: World): void {
  const last = [...world.vpgs.values()].at(-1);
  if (last) last.statusAfterCreation = "failed";
}

// Express identifies an error handler by its four parameters.
const sendError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const { status = 500, message } = error as { status?: number; message: string };
  const code = error instanceof ApiError ? error.code : `STANDIN_${status}`;
  response.status(status).json({ code, message });
};
