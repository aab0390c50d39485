import { version } from "@pulumi/aws/package.json";

import { serve } from "../server";
import { Account } from "./account";
import { awsProvider } from "./provider";

/** The folder that stands for the AWS account. */
const folder = process.env.TWIN_ACCOUNT;
if (!folder)
  throw new Error("TWIN_ACCOUNT has to name a folder to keep the twin's AWS account in.");
serve(awsProvider(new Account(folder)), version);
