import type { Need } from "../need";
import { login } from "./login";
import { network } from "./network";
import { operations } from "./operations";
import { store } from "./store";

/** What each resource type needs, by its token. */
export const needs: Readonly<Record<string, Need>> = {
  ...network,
  ...store,
  ...login,
  ...operations,
};

/** Look-ups of the program and the provider that no resource type stands for. They change nothing. */
export const lookUps: readonly string[] = [
  "sts:GetCallerIdentity",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeVpcEndpoints",
  "ec2:DescribeVpcPeeringConnections",
];

/** Services that roles of a stack are handed to, by the type of what uses them. */
export const roleUsers: Readonly<Record<string, string>> = {
  "aws:transfer/server:Server": "transfer.amazonaws.com",
  "aws:apigateway/restApi:RestApi": "apigateway.amazonaws.com",
  "aws:lambda/function:Function": "lambda.amazonaws.com",
  "aws:cloudwatch/eventTarget:EventTarget": "events.amazonaws.com",
  "aws:scheduler/schedule:Schedule": "scheduler.amazonaws.com",
};
