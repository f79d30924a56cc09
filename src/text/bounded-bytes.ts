/** Reads a body that somebody else sends: no more of it than is wanted. */

/** @returns how many bytes there are at least, where they are too many */
export async function boundedBytes(
  body: AsyncIterable<Uint8Array>,
  most: number,
): Promise<{ readonly bytes: Uint8Array } | { readonly tooMany: number }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) return { tooMany: size };
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks, size) };
}
