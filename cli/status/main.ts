/** `npm run canal -- status` */
import { runProcess } from "../core/process";
import { runCanal } from "./program";

runProcess(runCanal);
