/** What several agents do. */
export const OVERWRITTEN =
  'The agent’s http2 instrumentation writes another span into the headers: the SERVER span is a child of that one.';
