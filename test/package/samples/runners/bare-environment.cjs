'use strict';
/** Jest's environment with nothing of Node and the web in it but what Express' own packages need. */
const { runInNewContext } = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const KEPT = [
  ...runInNewContext('Object.getOwnPropertyNames(globalThis)'),
  ...['global', 'process', 'console', 'Buffer', 'AbortController', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
];

module.exports = class BareEnvironment extends TestEnvironment {
  constructor(...options) {
    super(...options);
    for (const name of Object.getOwnPropertyNames(this.global)) if (!KEPT.includes(name)) Reflect.deleteProperty(this.global, name);
  }
};
