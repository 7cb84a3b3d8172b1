import type { Part } from './part.js';
import { commandLine } from './parts/command-line.js';
import { connectNode } from './parts/connect-node.js';
import { nestjs } from './parts/nestjs.js';
import { niceGrpc } from './parts/nice-grpc.js';
import { protobufTs } from './parts/protobuf-ts.js';
import { sdkNode } from './parts/sdk-node.js';
import { web } from './parts/web.js';

/** In the order in which they run. */
export const PARTS: readonly Part[] = [commandLine, connectNode, nestjs, niceGrpc, protobufTs, sdkNode, web];
