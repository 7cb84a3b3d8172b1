import type { Observable } from 'rxjs';
import type { GreetManyRequest } from '../../protos/types/demo/GreetManyRequest.js';
import type { GreetReply__Output } from '../../protos/types/demo/GreetReply.js';
import type { GreetRequest } from '../../protos/types/demo/GreetRequest.js';
import type { TranslateReply__Output } from '../../protos/types/demo/TranslateReply.js';
import type { TranslateRequest } from '../../protos/types/demo/TranslateRequest.js';

/** The token of the client: esbuild, which runs the example, writes no types for Nest to inject by. */
export const CLIENT = Symbol('client');

/** The services as Nest's client shows them. */
export interface GreeterService {
  greet(request: GreetRequest): Observable<GreetReply__Output>;
  greetMany(request: GreetManyRequest): Observable<GreetReply__Output>;
}

export interface TranslatorService {
  translate(request: TranslateRequest): Observable<TranslateReply__Output>;
  translateAll(requests: Observable<TranslateRequest>): Observable<TranslateReply__Output>;
}
