import * as grpc from '@grpc/grpc-js';
import type { temporal } from '@temporalio/proto';
import root from '@temporalio/proto/protos/root';
import type { Root } from 'protobufjs';
import { serveStub, type StubServer } from '../shared/stub-server.js';

// The cast: its types are those of its static modules, but what it exports is their root.
const DESCRIPTORS = root as unknown as Root;

/** Starts every workflow, but answers first that it is not there. */
export function serveTemporal(refusals: number): Promise<StubServer> {
  let left = refusals;
  const start: grpc.handleUnaryCall<temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest, object> = (
    { request },
    callback,
  ) => {
    if (left-- > 0) callback({ code: grpc.status.UNAVAILABLE, details: 'moved' });
    else callback(null, { runId: `run of ${request.workflowId}` });
  };
  const getSystemInfo: grpc.handleUnaryCall<object, object> = (_call, callback) => callback(null, { capabilities: {} });
  return serveStub(DESCRIPTORS.toJSON(), {
    'temporal.api.workflowservice.v1.WorkflowService': {
      GetSystemInfo: getSystemInfo,
      StartWorkflowExecution: start,
    },
  });
}
