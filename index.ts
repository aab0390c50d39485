import * as pulumi from "@pulumi/pulumi";

import { readSiteConfig } from "./stacks/config";
import { dev } from "./stacks/dev";
import { prod } from "./stacks/prod";
import { Site } from "./stacks/site";

const config = readSiteConfig();
const environment = { dev, prod }[config.environment];
const site = new Site(`${pulumi.getProject()}-${config.stack}`, config, environment);

export = site.outputs;
