/**
 * Loaded before a command of the project (`node -r`): its own option parser reads the command line as ever, and
 * instead of doing what it was asked for the process ends, with 0 when the line makes sense.
 */
const { Command } = require("commander");

const { action, parse } = Command.prototype;

function end(command) {
  if (command._hidden) {
    process.stderr.write(`error: '${command.name()}' is not a command any more\n`);
    process.exit(1);
  }
  process.exit(0);
}

Command.prototype.action = function () {
  return action.call(this, () => end(this));
};

Command.prototype.parse = function (...args) {
  parse.apply(this, args);
  end(this);
};
