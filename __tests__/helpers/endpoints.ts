import { httpEndpoint } from '../../examples/http-endpoint.js';

export { httpEndpoint, type Endpoint } from '../../examples/http-endpoint.js';

/** Where something has listened, and nothing does any more. */
export async function deadUrl(): Promise<string> {
  const endpoint = await httpEndpoint(() => undefined);
  await endpoint.close();
  return endpoint.url;
}
