/** `npm run cost -- --stack NAME` */
import { runProcess } from "../canal/process";
import { runCost } from "./program";

runProcess(runCost);
