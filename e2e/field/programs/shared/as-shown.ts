/** Whether the interceptors are those that the page shows; else they are as they come. */
export const asShown = process.env['INTERCEPTORS'] === 'as shown';
