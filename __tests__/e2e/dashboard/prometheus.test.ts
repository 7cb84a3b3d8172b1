import { RepositoryProgram } from '../../../tools/repository-program.js';

it('says what to install where there is no Prometheus', async () => {
  const { code, stdout, stderr } = await new RepositoryProgram('e2e/dashboard/main.ts', { PATH: '' }).finish();
  expect(code).toBe(1);
  expect(stdout).toEqual([]);
  expect(stderr.join('\n')).toContain('no prometheus on the path: apt-get install prometheus');
});
