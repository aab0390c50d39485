import { setTimeout as delay } from "node:timers/promises";

/** Seconds that AWS takes to make what is not there at once. */
const seconds: Record<string, number> = {
  "aws:transfer/server:Server": 150,
  "aws:lambda/function:Function": 15,
  "aws:dynamodb/table:Table": 12,
  "aws:ec2/vpc:Vpc": 12,
  "aws:ec2/internetGateway:InternetGateway": 10,
  "aws:ec2/subnet:Subnet": 10,
  "aws:iam/role:Role": 8,
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": 5,
};

/** What everything else takes. */
const other = 2;

/** How long a resource is in the making, at a scale of `TWIN_TIME` (0, the default: no time at all). */
export function creationMs(type: string, env: NodeJS.ProcessEnv = process.env): number {
  return (seconds[type] ?? other) * 1000 * Number(env.TWIN_TIME ?? 0);
}

export async function takeTime(type: string): Promise<void> {
  const ms = creationMs(type);
  if (ms > 0) await delay(ms);
}
