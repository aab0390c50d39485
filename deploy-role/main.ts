/** `npm run deploy-role -- --stack NAME` */
import { runProcess } from "../canal/process";
import { runDeployRole } from "./program";

runProcess(runDeployRole);
