/** The package's name: the default name of the tracer and the meter. */
export const PACKAGE_NAME = 'grpc-js-opentelemetry';

/** The package's version, as the tracer and the meter carry it. A test holds it against package.json. */
export const PACKAGE_VERSION = '0.1.0';
