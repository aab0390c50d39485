"use strict";

// What the npm scripts load before a command of the project: its TypeScript, and a look at what npm kept.
// `npm start --console`, without ` -- ` before the option, is npm's option: the script never sees it, and would start
// as if nothing had been asked for. npm leaves what it took in the environment, as npm_config_console, so that a
// command of the project can say so.

/** Options that npm has as well: given or not, they are its own business. */
const ofNpm = new Set(["--json", "--help"]);

/** The option of these that npm took from the command line; undefined when it took none. */
function takenByNpm(options, argv, env) {
  if (env.npm_lifecycle_event === undefined) return undefined;
  return options.find(
    (option) =>
      !ofNpm.has(option) &&
      !argv.some((each) => each === option || each.startsWith(`${option}=`)) &&
      env[`npm_config_${option.slice(2).replaceAll("-", "_")}`] !== undefined,
  );
}

/** Long options of a command and of the subcommand that is called. */
function optionsOf(command, argv) {
  const called = command.commands.find((each) => argv.includes(each.name()));
  const nested = called === undefined ? [] : optionsOf(called, argv);
  return [...command.options.flatMap(({ long }) => long ?? []), ...nested];
}

/** Lets commands of commander refuse a command line of which npm has kept a part. */
function watchCommands({ Command }) {
  for (const method of ["parse", "parseAsync"]) {
    const parse = Command.prototype[method];
    Command.prototype[method] = function (argv, ...more) {
      const given = argv ?? process.argv.slice(2);
      const option = takenByNpm(optionsOf(this, given), given, process.env);
      if (option !== undefined) {
        const named = this.name().replace(/ --$/, "");
        this.error(
          `error: npm has taken ${option} for its own: options of the script come behind --, as in ${named} -- ${option}`,
        );
      }
      return parse.call(this, argv, ...more);
    };
  }
}

require("./register.cjs");
watchCommands(require("commander"));
