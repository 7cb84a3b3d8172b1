import { RepositoryProgram } from '../../../tools/repository-program.js';

it.each(['main', 'draw'])('%s says what to install where there is no Prometheus', async (name) => {
  const { code, stdout, stderr } = await new RepositoryProgram(`e2e/dashboard/${name}.ts`, { PATH: '' }).finish();
  expect(code).toBe(1);
  expect(stdout).toEqual([]);
  expect(stderr.join('\n')).toContain('no prometheus on the path: apt-get install prometheus');
});
