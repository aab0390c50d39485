import { version } from "@pulumi/aws/package.json";

import { stateFolder } from "../state-folder";
import { serve } from "../server";
import { Account } from "./account";
import { awsProvider } from "./provider";

serve(awsProvider(new Account(stateFolder())), version);
