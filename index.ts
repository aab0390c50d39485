import { program } from "./stacks/program";

// Pulumi calls it.
export = program;
