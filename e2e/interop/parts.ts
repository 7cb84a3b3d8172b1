import { collectorPart } from './collector/part.js';
import { jaegerPart } from './jaeger/part.js';
import type { Part } from './part.js';
import { a72 } from './parts/a72.js';
import { java } from './parts/java.js';
import { kratos } from './parts/kratos.js';
import { otelgrpc } from './parts/otelgrpc.js';
import { python } from './parts/python.js';
import { relay } from './parts/relay.js';

/** In the order in which they run. */
export const PARTS: readonly Part[] = [kratos, otelgrpc, a72, java, python, relay, jaegerPart, collectorPart];
