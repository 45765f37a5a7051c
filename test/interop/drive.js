// examples/servers/mote_server.js behind the line protocol of mote_cli.c.
'use strict';
const fs = require('fs');
const path = require('path');
const server = require(path.join(__dirname, '..', '..', 'examples', 'servers', 'mote_server.js'));

const refusals = /malformed packet|packet is not authentic|bad decrypt|wrong final block length/;
const bytes = (hex) => Buffer.from(hex, 'hex');
const answers = [];

for (const line of fs.readFileSync(0, 'latin1').split('\n').slice(0, -1)) {
  const [command, ...fields] = line.split(',');
  if (command === 'key') {
    answers.push('ok,' + server.deviceKey(...fields.map(bytes)).toString('hex'));
  } else if (command === 'seal') {
    const [key, iv, aad, plaintext] = fields.map(bytes);
    answers.push('ok,' + server.seal(key, plaintext, aad, iv.length === 0 ? undefined : iv));
  } else if (command === 'open') {
    try {
      answers.push('ok,' + server.open(bytes(fields[0]), fields[2], bytes(fields[1])).toString('hex'));
    } catch (error) {
      if (!refusals.test(error.message)) throw error;
      answers.push('refused');
    }
  } else {
    throw new Error('no such request');
  }
}
process.stdout.write(answers.map((answer) => answer + '\n').join(''));
