/** `npm run sims -- attach | detach | list` */
import { runProcess } from "../core/process";
import { runSims } from "./program";

runProcess(runSims);
