import { Client, connectivityState, credentials, Metadata, status, type ClientOptions } from '@grpc/grpc-js';
import { report } from '../diagnostics/report.js';
import type { CallOutcome } from '../rpc/status.js';

type Channel = NonNullable<ClientOptions['channelOverride']>;
type BaseCall = ReturnType<Channel['createCall']>;

/** What releases since 1.10.10 make of it. */
const USUAL: CallOutcome = { code: status.UNIMPLEMENTED, details: 'No message received' };

let known: CallOutcome | undefined;

/**
 * What grpc-js makes of an OK that comes without a message to a call that has one, which it does above all interceptors, and
 * not alike in every release. It is asked, once, by a call that has no network below it.
 */
export function noMessage(): CallOutcome {
  return (known ??= asked());
}

function asked(): CallOutcome {
  let outcome = USUAL;
  try {
    const client = new Client('', credentials.createInsecure(), { channelOverride: ANSWERING_NOTHING });
    const bytes = (): Buffer => Buffer.alloc(0);
    client.makeUnaryRequest('/', bytes, bytes, null, new Metadata(), {}, (error) => {
      if (error !== null) outcome = { code: error.code, details: error.details };
    });
  } catch (error) {
    report('what a call without a message comes to could not be asked', error);
  }
  return outcome;
}

const NOTHING = (): void => undefined;

/** Answers OK, at once and with nothing else. */
const ANSWER: BaseCall = {
  start: (_metadata, listener) => listener.onReceiveStatus({ code: status.OK, details: '', metadata: new Metadata() }),
  cancelWithStatus: NOTHING,
  sendMessageWithContext: NOTHING,
  halfClose: NOTHING,
  startRead: NOTHING,
  setCredentials: NOTHING,
  getPeer: () => '',
  getCallNumber: () => 0,
  getAuthContext: () => null,
};

const ANSWERING_NOTHING: Channel = {
  createCall: () => ANSWER,
  close: NOTHING,
  getTarget: () => '',
  getConnectivityState: () => connectivityState.READY,
  watchConnectivityState: NOTHING,
  getChannelzRef: () => {
    throw new TypeError('not a channel that anybody lists');
  },
};
