import { Channel, credentials, type ChannelInterface } from '@grpc/grpc-js';

/** A channel as an application writes one: it hands on what it is asked, and its calls are its own. */
export function handWritten(target: string): ChannelInterface {
  const inner = new Channel(target, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
  return {
    close: () => inner.close(),
    getTarget: () => inner.getTarget(),
    getConnectivityState: (tryToConnect) => inner.getConnectivityState(tryToConnect),
    watchConnectivityState: (...state) => inner.watchConnectivityState(...state),
    getChannelzRef: () => inner.getChannelzRef(),
    createCall: (...asked) => {
      const call = inner.createCall(...asked);
      return {
        start: (metadata, listener) => call.start(metadata, listener),
        cancelWithStatus: (code, details) => call.cancelWithStatus(code, details),
        sendMessageWithContext: (context, message) => call.sendMessageWithContext(context, message),
        startRead: () => call.startRead(),
        halfClose: () => call.halfClose(),
        setCredentials: (own) => call.setCredentials(own),
        getPeer: () => call.getPeer(),
        getCallNumber: () => call.getCallNumber(),
        getAuthContext: () => call.getAuthContext(),
      };
    },
  };
}
