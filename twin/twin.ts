import * as fs from "node:fs";
import * as path from "node:path";

import { formatAddress, parseCidr } from "../net/ipv4";
import type { ReportListener } from "./compatibility/report";
import { evaluateApart, EvaluationRequest } from "./evaluation/apart";
import { EvaluatedStack, ofType } from "./evaluation/resource";
import { readStackConfig } from "./evaluation/stack-config";
import { FaultPlan } from "./faults/fault-plan";
import { FaultyService } from "./faults/faulty-service";
import { FtpEndpoint, FtpTimeouts } from "./ftp/endpoint";
import type { FtpObserver } from "./ftp/events";
import type { TwinOptions, TwinUser } from "./options";
import { announce } from "./running";
import { Secrets } from "./secrets/secrets";
import { putUserSecrets } from "./secrets/user-secrets";
import { twinUsers } from "./stack-users";
import { bucketFolder, openBuckets } from "./store/buckets";
import { putStackItems } from "./table/stack-items";
import { Tables } from "./table/tables";
import { Watch } from "./watch";
import { findServer, ServerResource, WiringError } from "./wiring/find-server";
import { identityFunction } from "./wiring/identity";
import { LoginFunction } from "./wiring/login-function";
import { noLockout } from "./wiring/no-lockout";
import { StackService } from "./wiring/stack-service";
import { trustWarnings } from "./wiring/trust-warnings";

/** What happens in the twin beside the FTP dialogue. */
export interface TwinObserver {
  readonly ftp: FtpObserver;
  /** Worth knowing, wrong in nothing: an encrypted value that could not be read, a trust that is too wide. */
  readonly notice: (text: string) => void;
  /** The stack's wiring failed at a resource. */
  readonly fault: (text: string) => void;
  /** What a device does that fails or surprises on AWS. */
  readonly report?: ReportListener;
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
  /** Seconds it took to evaluate the program. */
  readonly evaluationSeconds: number;
  close(): Promise<void>;
}

/** What a test may want otherwise. */
export interface TwinSetting {
  readonly timeouts?: FtpTimeouts;
  /** Epoch milliseconds as the login function sees them. Default: this machine's clock. */
  readonly clock?: () => number;
  /** Default: in a process of its own. */
  readonly evaluate?: (request: EvaluationRequest) => Promise<EvaluatedStack>;
}

/**
 * Evaluates a stack's program and serves what it would deploy.
 *
 * @param root folder of the program
 * @throws Error for a configuration that cannot be used and for a port or folder that cannot be had,
 *   WiringError for a stack that cannot be served
 */
export async function startTwin(
  root: string,
  options: TwinOptions,
  observer: TwinObserver,
  { timeouts, clock, evaluate = evaluateApart }: TwinSetting = {},
): Promise<Twin> {
  const started = process.hrtime.bigint();
  const config = readStackConfig(root, options.stack);
  const { users, asSecrets, values, secretKeys } = twinUsers(config, options.users);
  for (const key of config.encrypted) {
    observer.notice(
      `${key} is encrypted in Pulumi.${options.stack}.yaml and left out: only the Pulumi CLI can read it.`,
    );
  }
  const stack = await evaluate({
    root,
    project: config.project,
    stack: options.stack,
    config: values,
    secretKeys,
    deviceAddress: options.deviceAddress,
  });
  const evaluationSeconds = Number(process.hrtime.bigint() - started) / 1e9;

  const server = findServer(stack);
  const deviceAddress = options.deviceAddress ?? usualDevice(stack, server);
  trustWarnings(stack).forEach(observer.notice);

  const data = path.resolve(options.data);
  const logs = path.join(data, "logs");
  fs.mkdirSync(logs, { recursive: true });
  const buckets = await openBuckets(stack, data, options.s3);
  if (buckets.size === 0) {
    throw new WiringError("The stack makes no aws.s3.Bucket to keep files in.");
  }
  const bucket = String(stack.outputs.bucket ?? [...buckets.keys()][0]);

  const tables = await Tables.open(path.join(data, "tables"));
  const open: { close(): Promise<void> }[] = [tables];
  const close = async () => {
    for (const service of open.splice(0).reverse()) await service.close();
  };
  try {
    await putStackItems(tables, stack.resources, path.join(data, "stack-items.json"));
    const secrets = new Secrets(path.join(data, "secrets"));
    if (asSecrets) await putUserSecrets(secrets, server.serverId, users);
    const watch = await Watch.open({
      data,
      record: options.record,
      users,
      source: { serverId: server.serverId, serverArn: server.arn, clientIp: deviceAddress },
      now: () => timeouts?.clock?.now() ?? new Date(),
      observer: observer.ftp,
      report: observer.report,
    });
    open.push(watch);
    const target = identityFunction(stack, server);
    const login = await LoginFunction.start({
      stack,
      resource: target,
      tables,
      secrets,
      region: config.values["aws:region"],
      folder: path.join(data, "functions"),
      clock,
      environment: options.lockout === false ? noLockout : undefined,
      log: (text) => fs.appendFileSync(path.join(logs, "identity-provider.log"), text),
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
    const withdraw = announce(data, {
      pid: process.pid,
      stack: options.stack,
      tables: tables.endpoint,
      table: userTable(stack),
      bucket,
      ftp: listening,
      deviceAddress,
    });
    return {
      stack,
      server,
      ftp: { ...listening, passivePorts: options.passivePorts },
      users,
      deviceAddress,
      bucket,
      files: bucketFolder(data, bucket),
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

function userTable({ outputs, resources }: EvaluatedStack): string {
  const [table] = ofType(resources, "aws:dynamodb/table:Table");
  return String(outputs.userTable ?? table?.outputs.name ?? "");
}

/** Behind the VPG where there is one, otherwise inside the VPC. */
function usualDevice(stack: EvaluatedStack, server: ServerResource): string {
  const hasPeering =
    ofType(stack.resources, "aws:ec2/route:Route").length > 0 ||
    ofType(stack.resources, "command:local:Command").length > 0;
  const vpc = stack.resources.find(({ id }) => id === server.vpcId);
  const cidr = parseCidr(String(vpc?.outputs.cidrBlock ?? ""));
  return hasPeering || !cidr ? "100.64.0.10" : formatAddress(cidr.base + 10);
}
