/** `npm run canal -- status` */
import { runProcess } from "./process";
import { runCanal } from "./program";

runProcess(runCanal);
