/** `npm run verify -- --stack NAME | --twin` */
import { runProcess } from "../core/process";
import { runVerify } from "./program";

runProcess(runVerify);
