import { echoCalls } from '../shared/echo-calls.js';
import { isTraced } from '../shared/is-traced.js';
import * as plain from '../shared/plain.js';
import { tell } from '../shared/tell.js';

// The distribution is there before this is, and exports the spans by itself.
void echoCalls(isTraced ? plain : undefined).then((seen) => tell(seen));
