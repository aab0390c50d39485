/** `npm run doctor -- --stack NAME` */
import { runProcess } from "../canal/process";
import { runDoctor } from "./program";

runProcess(runDoctor);
