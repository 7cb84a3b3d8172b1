// Says what the package weighs where it is installed: packed, unpacked, what `require` reads of it and how long that takes.
// Fails where it is more than the README says.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packed } from './packed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** To be raised where what is gained is worth it. */
const MOST = { packedKb: 350, unpackedMb: 1.9, loadedKb: 190 };
/** CPU time, which a busy machine does not stretch; another machine only has the same proportion. */
const MEASURED_MS = { own: 25, peers: 65 };
const TOLERANCE = 1.3;

const SENTENCE =
  `The package weighs less than ${MOST.packedKb} kB, unpacked ${MOST.unpackedMb} MB with source maps and documents; \`require\` ` +
  `reads less than ${MOST.loadedKb} kB of it, in some ${MEASURED_MS.own} ms, where its peers take ${MEASURED_MS.peers}.`;

const CHILD = `
  const { statSync } = require('node:fs');
  const cpuMs = (names) => {
    const before = process.cpuUsage();
    for (const name of names) require(name);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const peers = cpuMs(['@grpc/grpc-js', '@opentelemetry/api']);
  const others = new Set(Object.keys(require.cache));
  const own = cpuMs(['grpc-js-opentelemetry']);
  const files = Object.keys(require.cache).filter((file) => !others.has(file));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  console.log(JSON.stringify({ peers, own, files: files.length, bytes }));
`;
const runs = Array.from({ length: 20 }, () =>
  JSON.parse(execFileSync(process.execPath, ['--eval', CHILD], { cwd: root, encoding: 'utf8' })),
);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length / 2];
const own = median(runs.map((run) => run.own));
const peers = median(runs.map((run) => run.peers));
const [{ files, bytes }] = runs;
const { size, unpackedSize } = packed();

console.log(`${size} bytes packed, ${unpackedSize} unpacked; require reads ${files} files, ${bytes} bytes`);
console.log(
  `${own.toFixed(1)} ms of CPU time, after ${peers.toFixed(1)} for its peers, medians of ${runs.length} processes`,
);

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');
const faults = [
  ...(size > MOST.packedKb * 1e3 ? [`packed more than ${MOST.packedKb} kB`] : []),
  ...(unpackedSize > MOST.unpackedMb * 1e6 ? [`unpacked more than ${MOST.unpackedMb} MB`] : []),
  ...(bytes > MOST.loadedKb * 1e3 ? [`require reads more than ${MOST.loadedKb} kB`] : []),
  ...(own / peers > (TOLERANCE * MEASURED_MS.own) / MEASURED_MS.peers
    ? ['require takes longer than was measured']
    : []),
  ...(readme.includes(SENTENCE) ? [] : [`README.md does not say: ${SENTENCE}`]),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
