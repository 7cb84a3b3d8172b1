const { TestEnvironment } = require('jest-environment-node');

/** Skips what follows the first test that fails, with its hooks: the mutant is killed, and jest stops only between suites. */
module.exports = class FirstFailureEnvironment extends TestEnvironment {
  handleTestEvent({ name }, { rootDescribeBlock }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') skip(rootDescribeBlock);
  }
};

function skip({ children }) {
  for (const child of children) {
    if (child.type === 'describeBlock') skip(child);
    else child.mode = 'skip';
  }
}
