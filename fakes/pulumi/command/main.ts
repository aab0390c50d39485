import { version } from "@pulumi/command/package.json";

import { serve } from "../server";
import { commandProvider } from "./provider";

serve(commandProvider, version);
