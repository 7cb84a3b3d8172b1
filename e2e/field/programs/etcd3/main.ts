import { trace } from '@opentelemetry/api';
import { Etcd3, type IOptions } from 'etcd3';
import { once } from 'node:events';
import { isTraced, tell } from '../shared/spans.js';

type Connect = (options: IOptions) => Etcd3;

/** Of the run that is traced, by the name that CLIENT has. */
const CLIENTS: Readonly<Record<string, () => Promise<{ readonly connect: Connect }>>> = {
  interceptors: () => import('./clients/interceptors.js'),
  traced: () => import('./clients/traced.js'),
};

const auth = { username: 'root', password: 'secret' };

async function main(): Promise<void> {
  const hosts = process.env['ETCD'];
  const traced = CLIENTS[process.env['CLIENT'] ?? ''];
  if (hosts === undefined || traced === undefined) throw new Error('no such ETCD, no such CLIENT');
  const connect: Connect = isTraced ? (await traced()).connect : (options) => new Etcd3(options);
  const etcd = connect({ hosts });
  const seen = await trace.getTracer('application').startActiveSpan('caller', async (span) => {
    const results = { ...(await use(etcd)), secured: await secure(etcd, () => connect({ hosts, auth })) };
    span.end();
    return results;
  });
  etcd.close();
  await tell(seen);
}

/** Keys, a watcher, a lease and a transaction. */
async function use(etcd: Etcd3): Promise<object> {
  await etcd.put('greeting').value('hello');
  const got = await etcd.get('greeting').string();
  const watcher = await etcd.watch().key('greeting').create();
  const put = once(watcher, 'put');
  const { succeeded } = await etcd
    .if('greeting', 'Value', '==', 'hello')
    .then(etcd.put('greeting').value('hi'))
    .commit();
  const [{ value }] = await put;
  await watcher.cancel();
  const lease = etcd.lease(60);
  await lease.put('leased').value('for a minute');
  await lease.revoke();
  const left = await etcd.getAll().keys();
  return { got, succeeded, watched: String(value), left };
}

/** What a client gets that has to authenticate itself. */
async function secure(etcd: Etcd3, connect: () => Etcd3): Promise<unknown> {
  const role = await etcd.role('root').create();
  const user = await etcd.user('root').create(auth.password);
  await user.addRole('root');
  await etcd.auth.authEnable();
  const secured = connect();
  const got = await secured.get('greeting').string();
  await secured.auth.authDisable();
  secured.close();
  await user.delete();
  await role.delete();
  return got;
}

void main();
