import { once } from 'node:events';
import { httpEndpoint } from '../http-endpoint.js';
import { reply } from '../calls.js';
import { measuredService, type MeasuredService } from './measured-service.js';
import { Traffic } from './traffic.js';

/** Three services that are called, each with a page for Prometheus of its own, until a signal comes or the input ends. */
async function main(): Promise<void> {
  const services = {
    calm: await measuredService(),
    troubled: await measuredService(),
    // Its calls are over before anyone can look at its page.
    quiet: await calledOnce(await measuredService()),
  };
  const traffic = [new Traffic(services.calm, false), new Traffic(services.troubled, true)];
  const pages = new Map(Object.entries(services).map(([name, { page }]) => [`/${name}`, page]));
  const endpoint = await httpEndpoint((request, response) => {
    const page = pages.get(request.url ?? '');
    if (page) page(request, response);
    else response.writeHead(404).end();
  });
  for (const path of pages.keys()) console.log(endpoint.url + path);

  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process.stdin.resume(), 'end')]);
  process.stdin.destroy();
  for (const each of traffic) each.stop();
  await Promise.all(Object.values(services).map((service) => service.stop()));
  await endpoint.close();
}

async function calledOnce(service: MeasuredService): Promise<MeasuredService> {
  await reply((callback) => service.greeter.greet({ name: 'Ada' }, callback));
  return service;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
