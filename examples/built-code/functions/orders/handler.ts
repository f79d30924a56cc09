/** GET /orders: TypeScript with an npm package; esbuild makes one file of both. */
import * as z from "zod";

const orders = z.array(z.object({ id: z.string(), pieces: z.number().int().positive() }));

export async function handler(): Promise<{ statusCode: number; body: string }> {
  const found = orders.parse([{ id: "o-1", pieces: 2 }]);
  return { statusCode: 200, body: JSON.stringify({ orders: found }) };
}
