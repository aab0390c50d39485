"use strict";

// A DynamoDB in memory, in a process of its own so that it takes no time from what is measured. Prints its address.

const dynalite = require("dynalite");

const server = dynalite({ createTableMs: 0 });
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
