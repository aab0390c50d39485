/** `npm run sims -- attach | detach | list` */
import { runProcess } from "../process";
import { runSims } from "./program";

runProcess(runSims);
