/**
 * Lets a program go on in silence when whoever reads its output has gone, as `head` does after its lines: what it has
 * begun ends as ever. By itself Node ends the program, with the stack of an EPIPE.
 */
export function goOnWithoutReader(output: NodeJS.WriteStream = process.stdout): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
