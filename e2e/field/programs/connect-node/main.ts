import { tell } from '../shared/spans.js';
import { callGrpcJs } from './client.js';
import { callConnect } from './server.js';

async function main(): Promise<void> {
  await tell([await callGrpcJs(), await callConnect()]);
}

void main();
