import { useContextManager } from '../../helpers/async-context.js';
import { loadCore3 } from '../../helpers/propagation/core-releases.js';
import { suppressedCalls } from '../../propagation/suppressed-calls.js';

useContextManager();

describe('where the SDK’s core 3 suppresses tracing', () => suppressedCalls(loadCore3));
