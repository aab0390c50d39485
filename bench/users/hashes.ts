import { hashPassword } from "../../lambdas/identity-provider/password";

/** Hashes as many passwords as the argument is, and prints the seconds that this takes. */
async function main(): Promise<void> {
  const [started, used] = [performance.now(), process.cpuUsage()];
  await Promise.all(
    Array.from({ length: Number(process.argv[2]) }, () => hashPassword("password")),
  );
  const { user, system } = process.cpuUsage(used);
  const wallSeconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ wallSeconds, processorSeconds: (user + system) / 1e6 }));
}

void main();
