/** `npm run verify -- --stack NAME | --twin` */
import { runProcess } from "../canal/process";
import { runVerify } from "./program";

runProcess(runVerify);
