import * as fs from "node:fs";
import * as path from "node:path";

import type { ReportListener } from "./compatibility/report";
import type { EvaluationRequest } from "../lib/stack/evaluate-in-child";
import type { EvaluatedStack } from "../lib/stack/resource";
import { evaluateProgram } from "../resources/evaluate-program";
import type { BusEvent } from "./events/transfer-events";
import { FaultPlan } from "./faults/fault-plan";
import { FaultyService } from "./faults/faulty-service";
import { FtpEndpoint, FtpTimeouts } from "./ftp/endpoint";
import type { FtpObserver } from "./ftp/events";
import { openHoldings } from "./holdings";
import type { TwinOptions, TwinUser } from "./options";
import { announce } from "./running";
import { readApi } from "./reads/read-api";
import { fromProgram } from "./source/program";
import { fromState } from "./source/state";
import { bucketFolder } from "./store/buckets";
import { UploadEvents } from "./upload-events";
import { Watch } from "./watch";
import { findServer, ServerResource } from "./wiring/find-server";
import { askIdentityProvider, identityFunction } from "./wiring/identity";
import { LoginFunction } from "./wiring/login-function";
import { noLockout } from "./wiring/no-lockout";
import { StackService } from "./wiring/stack-service";
import { trustWarnings } from "./wiring/trust-warnings";
import { usualDevice } from "./wiring/usual-device";

/** What happens in the twin beside the FTP dialogue. */
export interface TwinObserver {
  readonly ftp: FtpObserver;
  /** Worth knowing, wrong in nothing: an encrypted value that could not be read, a trust that is too wide. */
  readonly notice: (text: string) => void;
  /** The stack's wiring failed at a resource. */
  readonly fault: (text: string) => void;
  /** What a device does that fails or surprises on AWS. */
  readonly report?: ReportListener;
  /** Lines that the login function printed, one or more: a decision each (lambdas/…/telemetry.ts). */
  readonly login?: (printed: string) => void;
  /** An event as EventBridge would deliver it. */
  readonly event?: (event: BusEvent) => void;
  /** The chain of a refusal, line by line, for who asked for it. */
  readonly explain?: (lines: readonly string[]) => void;
}

/** A stack being served. */
export interface Twin {
  readonly stack: EvaluatedStack;
  readonly server: ServerResource;
  readonly ftp: { host: string; port: number; passivePorts: readonly [number, number] };
  readonly users: readonly TwinUser[];
  readonly deviceAddress: string;
  readonly bucket: string;
  /** Absolute path of the folder that stands for the bucket. */
  readonly files: string;
  /** The folder that stands for the bucket of the log of uploads; undefined for a stack that keeps none. */
  readonly uploadLog?: string;
  /** Seconds it took to find the stack: to evaluate its program, or to read its state. */
  readonly evaluationSeconds: number;
  close(): Promise<void>;
}

/** What a test may want otherwise. */
export interface TwinSetting {
  readonly timeouts?: FtpTimeouts;
  /** Epoch milliseconds as the login function sees them. Default: this machine's clock. */
  readonly clock?: () => number;
  /** Milliseconds until an upload whose function failed is tried again. Default 1000. */
  readonly retryMs?: number;
  /** Default: in a process of its own. */
  readonly evaluate?: (request: EvaluationRequest) => Promise<EvaluatedStack>;
}

/**
 * Serves a stack: what its program would deploy, or what its state says is deployed.
 *
 * @param root folder of the program
 * @throws Error for a configuration or state that cannot be used and for a port or folder that cannot be had,
 *   WiringError for a stack that cannot be served
 */
export async function startTwin(
  root: string,
  options: TwinOptions,
  observer: TwinObserver,
  { timeouts, clock, retryMs, evaluate = evaluateProgram }: TwinSetting = {},
): Promise<Twin> {
  const started = process.hrtime.bigint();
  const find =
    options.state === undefined
      ? fromProgram(root, options, evaluate)
      : fromState(root, options.state, options.users);
  const found = await find(observer.notice);
  const { stack, users } = found;
  const evaluationSeconds = Number(process.hrtime.bigint() - started) / 1e9;

  const server = findServer(stack);
  const target = identityFunction(stack, server);
  const [, , , region] = server.arn.split(":");
  const deviceAddress = options.deviceAddress ?? usualDevice(stack, server);
  trustWarnings(stack).forEach(observer.notice);

  const data = path.resolve(options.data);
  const logs = path.join(data, "logs");
  fs.mkdirSync(logs, { recursive: true });
  const holdings = await openHoldings({
    found,
    serverId: server.serverId,
    identity: target,
    data,
    s3: options.s3,
  });
  const { buckets, bucket, tables, secrets } = holdings;
  const uploadLog = stack.outputs.uploadLogBucket as string | undefined;
  const open: { close(): Promise<void> }[] = [tables];
  const close = async () => {
    for (const service of open.splice(0).reverse()) await service.close();
  };
  try {
    const uploads = await UploadEvents.open({
      stack,
      data,
      region,
      buckets,
      onFault: observer.fault,
      retryMs,
    });
    open.push(uploads);
    const watch = await Watch.open({
      data,
      record: options.record,
      users,
      source: { serverId: server.serverId, serverArn: server.arn, clientIp: deviceAddress },
      now: () => timeouts?.clock?.now() ?? new Date(),
      observer: observer.ftp,
      report: observer.report,
      event(told) {
        uploads.put(told);
        observer.event?.(told);
      },
    });
    open.push(watch);
    const login = await LoginFunction.start({
      stack,
      resource: target,
      tables,
      secrets,
      region,
      folder: path.join(data, "functions"),
      clock,
      environment: options.lockout === false ? noLockout : undefined,
      log: (text) => {
        fs.appendFileSync(path.join(logs, "identity-provider.log"), text);
        observer.login?.(text);
      },
      onRefusal: observer.fault,
    });
    open.push(login);
    const service = new StackService({
      stack,
      server,
      identity: { resource: target, function: login },
      deviceAddress,
      passivePorts: options.passivePorts,
      bucketNamed: (name) => buckets.get(name),
      onFault: observer.fault,
      explain: options.explain ? observer.explain : undefined,
    });
    const plan = new FaultPlan(options.faults ?? []);
    const endpoint = new FtpEndpoint({
      service: new FaultyService(service, plan, timeouts?.clock),
      observer: watch.observe,
      host: options.host,
      port: options.port,
      passivePorts: options.passivePorts,
      strictPassivePorts: options.passivePortsStrict,
      passiveAddress: options.passiveAddress,
      faults: (fault) => plan.strike(fault) !== undefined,
      timeouts: { ...timeoutsOf(options), ...timeouts },
    });
    const listening = await listen(endpoint);
    open.push(endpoint);
    const reads = readApi({
      site: {
        stack,
        server,
        region,
        holds: (kind) => plan.holds(kind),
      },
      callIdentityProvider: (attempt) =>
        askIdentityProvider(stack, server, { resource: target, function: login }, attempt),
    });
    const readsUrl = await reads.listen();
    open.push(reads);
    const withdraw = announce(data, {
      pid: process.pid,
      stack: stack.stack,
      tables: tables.endpoint,
      table: holdings.userTable,
      bucket,
      ftp: listening,
      deviceAddress,
      reads: readsUrl,
    });
    return {
      stack,
      server,
      ftp: { ...listening, passivePorts: options.passivePorts },
      users,
      deviceAddress,
      bucket,
      files: bucketFolder(data, bucket),
      uploadLog: uploadLog && bucketFolder(data, uploadLog),
      evaluationSeconds,
      async close() {
        withdraw();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(endpoint: FtpEndpoint): Promise<{ host: string; port: number }> {
  try {
    return await endpoint.listen();
  } catch (error) {
    const hint = "--port and --passive-ports choose others";
    throw new Error(`${(error as Error).message} (${hint})`, { cause: error });
  }
}

function timeoutsOf({ idleTimeout, dataTimeout }: TwinOptions): FtpTimeouts {
  const ms = (seconds: number | undefined) => (seconds === undefined ? seconds : seconds * 1000);
  return { idleMs: ms(idleTimeout), dataMs: ms(dataTimeout) };
}
