import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { tracingClientInterceptor } from 'grpc-js-opentelemetry';
import { isTraced, tell } from '../shared/spans.js';
import { connect } from './connect.js';
import { serveTemporal } from './server.js';

/** How often the server refuses. */
const REFUSALS = 2;

/** Of the run that is traced, by the name that CLIENT has. */
const CONNECTS: Readonly<Record<string, (address: string) => Promise<Connection>>> = {
  alone: (address) => Connection.connect({ address, interceptors: [tracingClientInterceptor()] }),
  behind: (address) => Connection.connect({ address, interceptors: [retrying(), tracingClientInterceptor()] }),
  traced: connect,
};

const retrying = () => makeGrpcRetryInterceptor(defaultGrpcRetryOptions());

async function main(): Promise<void> {
  const server = await serveTemporal(REFUSALS);
  const traced = CONNECTS[process.env['CLIENT'] ?? ''];
  if (traced === undefined) throw new Error('no such CLIENT');
  const connection = await (isTraced ? traced(server.address) : Connection.connect({ address: server.address }));
  const client = new Client({ connection });
  const started = await client.workflow.start('order', { taskQueue: 'orders', workflowId: 'order 1' }).then(
    ({ firstExecutionRunId }) => firstExecutionRunId,
    (error: unknown) => String(error),
  );
  await connection.close();
  await server.close();
  await tell({ started, calls: server.calls });
}

void main();
