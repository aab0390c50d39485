import * as fs from "node:fs";
import * as path from "node:path";

import { containsAddress, formatCidr, parseAddress } from "../lib/ipv4";
import type { EvaluationRequest } from "../lib/stack/evaluate-in-child";
import type { EvaluatedStack } from "../lib/stack/resource";
import { evaluateProgram } from "../resources/evaluate-program";
import type { ReportListener } from "./compatibility/report";
import type { BusEvent } from "./events/transfer-events";
import { FaultPlan } from "./faults/fault-plan";
import { FaultyService } from "./faults/faulty-service";
import { FtpEndpoint, FtpTimeouts } from "./ftp/endpoint";
import type { FtpObserver } from "./ftp/events";
import { LogFile } from "./log-file";
import type { LanOptions, TwinOptions, TwinUser } from "./options";
import { publishRunning } from "./running";
import { readApi } from "./reads/read-api";
import { fromProgram } from "./source/program";
import { fromState } from "./source/state";
import { sessionLimit } from "./session-limit";
import { openStackStorage } from "./stack-storage";
import { bucketFolder, bucketTags } from "./store/buckets";
import { functionS3 } from "./store/function-s3";
import { UploadEvents } from "./upload-events";
import { EventDispatcher } from "./event-dispatcher";
import { defaultDeviceAddress } from "./wiring/default-device-address";
import { ExplainedLogins } from "./wiring/explained-logins";
import { findServer, ServerResource } from "./wiring/find-server";
import { callIdentityProvider, identityFunction } from "./wiring/identity";
import { KnownPasswords } from "./wiring/known-passwords";
import { LoginFunction } from "./wiring/login-function";
import { impliedAddresses, sourceAddresses, type DeviceAddresses } from "./wiring/source-addresses";
import { StackService } from "./wiring/stack-service";
import { trustWarnings } from "./wiring/trust-warnings";

/** Receives the events of the twin. */
export interface TwinObserver {
  readonly ftp: FtpObserver;
  /** A notice, not an error: an encrypted value that cannot be read, a trust policy that is too wide. */
  readonly notice: (text: string) => void;
  /** A failure of the stack's wiring, with the resource. */
  readonly fault: (text: string) => void;
  /** Behaviour of a device that fails or differs on AWS. */
  readonly report?: ReportListener;
  /** One or more lines of the login function's log, each a decision (lambdas/identity-provider/telemetry.ts). */
  readonly login?: (printed: string) => void;
  /** An event in the form EventBridge delivers it. */
  readonly event?: (event: BusEvent) => void;
  /** The explanation of a refusal, line by line. */
  readonly explain?: (lines: readonly string[]) => void;
}

/** A running twin. */
export interface Twin {
  readonly stack: EvaluatedStack;
  readonly server: ServerResource;
  readonly ftp: { host: string; port: number; passivePorts: readonly [number, number] };
  readonly users: readonly TwinUser[];
  readonly deviceAddress: string;
  readonly deviceAddresses: DeviceAddresses;
  readonly bucket: string;
  /** Absolute path of the bucket's folder. */
  readonly files: string;
  /** Folder of the bucket of the upload log; undefined for a stack without one. */
  readonly uploadLog?: string;
  /** Seconds for the evaluation of the program, or for reading the state. */
  readonly evaluationSeconds: number;
  close(): Promise<void>;
}

/** Settings of tests. */
export interface TwinSettings {
  readonly timeouts?: FtpTimeouts;
  /** Milliseconds until the function receives a failed upload event again. Default: 1000. */
  readonly retryMs?: number;
  /** Default: in a child process. */
  readonly evaluate?: (request: EvaluationRequest) => Promise<EvaluatedStack>;
}

/**
 * Serves a stack: the one its program would deploy, or the one in an exported state.
 *
 * @param root - Folder of the program.
 * @throws Error for a configuration or state that cannot be used and for a port or folder that is not available,
 *   WiringError for a stack that cannot be served
 */
export async function startTwin(
  root: string,
  options: TwinOptions,
  observer: TwinObserver,
  { timeouts, retryMs, evaluate = evaluateProgram }: TwinSettings = {},
): Promise<Twin> {
  const started = process.hrtime.bigint();
  const source =
    options.state === undefined ? fromProgram(root, options, evaluate) : fromState(root, options);
  const found = await source(observer.notice);
  const { stack, users } = found;
  const evaluationSeconds = Number(process.hrtime.bigint() - started) / 1e9;

  const server = findServer(stack);
  const loginResource = identityFunction(stack, server);
  const [, , , region] = server.arn.split(":");
  const deviceAddress = options.deviceAddress ?? defaultDeviceAddress(stack, server);
  const deviceAddresses = options.deviceAddresses ?? impliedAddresses(stack);
  trustWarnings(stack).forEach(observer.notice);
  if (options.lan) {
    observer.notice(
      `Plain FTP at ${options.host}: names, passwords and files cross the network unencrypted. ${options.lan.allow.map(formatCidr).join(", ")} may connect.`,
    );
  }

  const data = path.resolve(options.data);
  const logs = path.join(data, "logs");
  fs.mkdirSync(logs, { recursive: true });
  const storage = await openStackStorage({
    found,
    serverId: server.serverId,
    loginFunction: loginResource,
    data,
    s3: options.s3,
    onFault: observer.fault,
  });
  const { buckets, bucket, tables, secrets } = storage;
  const uploadLog = stack.outputs.uploadLogBucket as string | undefined;
  const services: { close(): Promise<void> }[] = [tables];
  const close = async () => {
    for (const service of services.splice(0).reverse()) await service.close();
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
    services.push(uploads);
    const watch = await EventDispatcher.open({
      data,
      record: options.record,
      source: { serverId: server.serverId, serverArn: server.arn, clientIp: deviceAddress },
      now: () => timeouts?.clock?.now() ?? new Date(),
      logGroup: server.logGroup,
      onFault: observer.fault,
      observer: observer.ftp,
      report: observer.report,
      event(event) {
        uploads.put(event);
        observer.event?.(event);
      },
    });
    services.push(watch);
    const loginLog = new LogFile(path.join(logs, "identity-provider.log"), observer.fault);
    const login = await LoginFunction.start({
      stack,
      resource: loginResource,
      tables,
      secrets,
      region,
      folder: path.join(data, "functions"),
      lockout: options.lockout !== false,
      log: (text) => {
        loginLog.append(text);
        observer.login?.(text);
      },
      onDenial: observer.fault,
    });
    services.push(login);
    const service = new StackService({
      stack,
      server,
      identity: { resource: loginResource, function: login },
      deviceAddress,
      passivePorts: options.passivePorts,
      bucketNamed: (name) => buckets.get(name),
      tagsNamed: (name) => bucketTags(data, name),
      onFault: observer.fault,
      explain: options.explain ? observer.explain : undefined,
    });
    const passwords = await KnownPasswords.open(data, users);
    const plan = new FaultPlan(options.faults ?? []);
    const endpoint = new FtpEndpoint({
      service: new FaultyService(new ExplainedLogins(service, passwords), plan, timeouts?.clock),
      observer: watch.observe,
      host: options.host,
      allows: clientRule(options.lan),
      port: options.port,
      passivePorts: options.passivePorts,
      generousPassivePorts: options.generousPassivePorts,
      sourceOf: sourceAddresses(deviceAddress, deviceAddresses),
      refusal: options.refusal,
      onFault: observer.fault,
      maxSessions: sessionLimit(),
      passiveAddress: options.passiveAddress,
      faults: (fault) => plan.next(fault) !== undefined,
      timeouts: { ...timeoutsOf(options), ...timeouts },
    });
    const listening = await listen(endpoint);
    services.push(endpoint);
    const reads = readApi({
      site: {
        stack,
        server,
        region,
        holds: (kind) => plan.isActive(kind),
      },
      callIdentityProvider: (attempt) =>
        callIdentityProvider(stack, server, { resource: loginResource, function: login }, attempt),
    });
    const readsUrl = await reads.listen();
    services.push(reads);
    const operatorS3 = functionS3({
      bucketNamed(name) {
        const store = buckets.get(name);
        return store && { store, tags: bucketTags(data, name), versioned: true };
      },
      allows: () => true,
    });
    const s3 = await operatorS3.listen();
    services.push(operatorS3);
    const removeRunning = publishRunning(data, {
      s3,
      pid: process.pid,
      stack: stack.stack,
      tables: tables.endpoint,
      table: storage.userTable,
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
      deviceAddresses,
      bucket,
      files: bucketFolder(data, bucket),
      uploadLog: uploadLog && bucketFolder(data, uploadLog),
      evaluationSeconds,
      async close() {
        removeRunning();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The clients that may connect to a twin on a network; undefined on loopback, where all may. */
function clientRule(lan: LanOptions | undefined): ((address: string) => boolean) | undefined {
  if (lan === undefined) return undefined;
  return (address) => {
    const parsed = parseAddress(address);
    return parsed !== undefined && lan.allow.some((cidr) => containsAddress(cidr, parsed));
  };
}

async function listen(endpoint: FtpEndpoint): Promise<{ host: string; port: number }> {
  try {
    return await endpoint.listen();
  } catch (error) {
    const hint = "choose others with --port and --passive-ports";
    throw new Error(`${(error as Error).message} (${hint})`, { cause: error });
  }
}

function timeoutsOf({ idleTimeout, dataTimeout }: TwinOptions): FtpTimeouts {
  const ms = (seconds: number | undefined) => (seconds === undefined ? seconds : seconds * 1000);
  return { idleMs: ms(idleTimeout), dataMs: ms(dataTimeout) };
}
