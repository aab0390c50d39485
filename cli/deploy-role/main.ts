/** `npm run deploy-role -- --stack NAME` */
import { runProcess } from "../core/process";
import { runDeployRole } from "./program";

runProcess(runDeployRole);
