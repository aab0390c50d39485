/** The provider of the components for programs in Python, Go and the other languages of Pulumi. */
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";

import * as exported from ".";

type Component = typeof pulumi.ComponentResource<unknown>;

const components = Object.values<unknown>(exported).filter(
  (value): value is Component =>
    typeof value === "function" && value.prototype instanceof pulumi.ComponentResource,
);

void componentProviderHost({ name: "canal-ftp", components, dirname: path.join(__dirname, "..") });
