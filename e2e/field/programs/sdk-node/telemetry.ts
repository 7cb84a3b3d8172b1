// #region integrations: OpenTelemetry's NodeSDK
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({ serviceName: 'greeter' });
sdk.start();
process.once('beforeExit', () => void sdk.shutdown().catch(console.error));
// #endregion
