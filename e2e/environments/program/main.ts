import { tracedExchange } from './traced-exchange.js';

void tracedExchange().then((result) => console.log(JSON.stringify(result)));
