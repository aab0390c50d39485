/** `npm run cost -- --stack NAME` */
import { runProcess } from "../core/process";
import { runCost } from "./program";

runProcess(runCost);
