const { TestEnvironment } = require('jest-environment-node');

/**
 * After the first test that fails, the mutant is killed: what follows is skipped, since Jest stops only between suites, and
 * hooks still close what is open but no longer wait for spans that will not end.
 */
module.exports = class FirstFailureEnvironment extends TestEnvironment {
  handleTestEvent({ name }, { rootDescribeBlock }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') skip(rootDescribeBlock);
  }
};

function skip({ children, hooks }) {
  for (const hook of hooks) hook.timeout = 100;
  for (const child of children) {
    if (child.type === 'describeBlock') skip(child);
    else child.mode = 'skip';
  }
}
