/** `npm run doctor -- --stack NAME` */
import { runProcess } from "../core/process";
import { runDoctor } from "./program";

runProcess(runDoctor);
