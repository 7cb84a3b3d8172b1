/** Whether this is the run that is traced. */
export const isTraced = process.env['TRACING'] === 'on';
