/** `npm run canal -- status | doctor` */
import { runProcess } from "./process";
import { runCanal } from "./program";

runProcess(runCanal);
