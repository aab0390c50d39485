import * as fs from "node:fs";
import * as path from "node:path";

import { formatAddress, parseCidr } from "../net/ipv4";
import { evaluate, loadProgram } from "./evaluation/evaluate";
import { EvaluatedStack, ofType } from "./evaluation/resource";
import { readStackConfig, StackConfig } from "./evaluation/stack-config";
import { FtpEndpoint, FtpTimeouts } from "./ftp/endpoint";
import type { FtpObserver } from "./ftp/events";
import type { TwinOptions, TwinUser } from "./options";
import { devicePassword } from "./device-password";
import { FolderStore } from "./store/folder-store";
import { Tables } from "./table/tables";
import { findServer, ServerResource, WiringError } from "./wiring/find-server";
import { identityFunction } from "./wiring/identity";
import { LoginFunction } from "./wiring/login-function";
import { StackService } from "./wiring/stack-service";
import { trustWarnings } from "./wiring/trust-warnings";

/** What happens in the twin beside the FTP dialogue. */
export interface TwinObserver {
  readonly ftp: FtpObserver;
  /** Worth knowing, wrong in nothing: an encrypted value that could not be read, a trust that is too wide. */
  readonly notice: (text: string) => void;
  /** The stack's wiring failed at a resource. */
  readonly fault: (text: string) => void;
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

/**
 * Evaluates a stack's program and serves what it would deploy.
 *
 * @param root folder of the program
 * @throws pulumi.RunError for a configuration that cannot be used, WiringError for a stack that cannot be
 *   served, Error for a port or folder that cannot be had
 */
export async function startTwin(
  root: string,
  options: TwinOptions,
  observer: TwinObserver,
  timeouts?: FtpTimeouts,
): Promise<Twin> {
  const started = process.hrtime.bigint();
  const config = readStackConfig(root, options.stack);
  const users = usersOf(config, options, observer);
  const stack = await evaluate({
    program: loadProgram(root),
    project: config.project,
    stack: options.stack,
    config: { ...config.values, [usersKey(config)]: JSON.stringify(users) },
    secretKeys: [usersKey(config)],
    deviceAddress: options.deviceAddress,
  });
  const evaluationSeconds = Number(process.hrtime.bigint() - started) / 1e9;

  const server = findServer(stack);
  const deviceAddress = options.deviceAddress ?? usualDevice(stack, server);
  trustWarnings(stack).forEach(observer.notice);

  const data = path.resolve(options.data);
  const logs = path.join(data, "logs");
  fs.mkdirSync(logs, { recursive: true });
  const buckets = await openBuckets(stack, data);
  const bucket = String(stack.outputs.bucket ?? [...buckets.keys()][0]);

  const tables = await Tables.start(stack.resources);
  const target = identityFunction(stack, server);
  const login = await LoginFunction.start({
    stack,
    resource: target,
    tables,
    region: config.values["aws:region"],
    folder: path.join(data, "functions"),
    log: (text) => fs.appendFileSync(path.join(logs, "identity-provider.log"), text),
    onRefusal: observer.fault,
  });
  const service = new StackService({
    stack,
    server,
    identity: { resource: target, function: login },
    deviceAddress,
    passivePorts: options.passivePorts,
    bucketNamed: (name) => buckets.get(name),
    onFault: observer.fault,
  });
  const endpoint = new FtpEndpoint({
    service,
    observer: observer.ftp,
    host: options.host,
    port: options.port,
    passivePorts: options.passivePorts,
    strictPassivePorts: options.passivePortsStrict,
    timeouts,
  });

  const closeBehind = async () => {
    await login.close();
    await tables.close();
  };
  let listening: { host: string; port: number };
  try {
    listening = await endpoint.listen();
  } catch (error) {
    await closeBehind();
    throw error;
  }
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
      await endpoint.close();
      await closeBehind();
    },
  };
}

const usersKey = ({ project }: StackConfig) => `${project}:users`;

/** Users of the command line come over those of the stack's file, name by name; without any, one is made up. */
function usersOf(config: StackConfig, options: TwinOptions, observer: TwinObserver): TwinUser[] {
  for (const key of config.encrypted) {
    observer.notice(
      `${key} is encrypted in Pulumi.${options.stack}.yaml and left out: only the Pulumi CLI can read it.`,
    );
  }
  const configured = JSON.parse(config.values[usersKey(config)] ?? "[]") as TwinUser[];
  if (!Array.isArray(configured)) return [];
  const named = options.users.map(({ name }) => name);
  const users = [...configured.filter(({ name }) => !named.includes(name)), ...options.users];
  return users.length > 0 ? users : [{ name: "myuser", password: devicePassword() }];
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

function bucketFolder(data: string, bucket: string): string {
  return path.join(data, "buckets", bucket);
}

async function openBuckets(stack: EvaluatedStack, data: string): Promise<Map<string, FolderStore>> {
  const buckets = new Map<string, FolderStore>();
  for (const { id } of ofType(stack.resources, "aws:s3/bucket:Bucket")) {
    const store = await FolderStore.open({
      root: bucketFolder(data, id),
      staging: path.join(data, "uploading", id),
      partial: path.join(data, "partial", id),
    });
    buckets.set(id, store);
  }
  if (buckets.size === 0)
    throw new WiringError("The stack makes no aws.s3.Bucket to keep files in.");
  return buckets;
}
