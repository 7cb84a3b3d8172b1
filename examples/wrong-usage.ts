/** Ends a program that was asked for something it cannot do, in words and without a stack. Only where nothing has begun. */
export function endForWrongUsage(message: string): never {
  console.error(message);
  process.exit(1);
}
