const { join } = require('node:path');
const base = require('../../jest.config.js');

/**
 * Every test, those included that are too long for each change.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...base,
  rootDir: join(__dirname, '../..'),
  testPathIgnorePatterns: ['/node_modules/'],
};
