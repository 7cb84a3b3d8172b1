import { tracedExchange } from '../../program/traced-exchange.js';

export const dynamic = 'force-dynamic';

/** A route handler: the calls are made where Next runs it. */
export async function GET(): Promise<Response> {
  return Response.json(await tracedExchange());
}
