import * as pulumi from "@pulumi/pulumi";

import { readSiteConfig } from "./stacks/config";
import { dev } from "./stacks/dev";
import { prod } from "./stacks/prod";
import { Site } from "./stacks/site";

const config = readSiteConfig();
const site = new Site(
  `${pulumi.getProject()}-${config.stack}`,
  config,
  { dev, prod }[config.environment],
);

export const {
  bucket,
  serverId,
  endpoint,
  privateIps,
  ftpCommand,
  userTable,
  vpgId,
  peeringConnectionId,
  simGroupId,
} = site;
