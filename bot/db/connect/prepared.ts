/**
 * Prepared statements for the embedded database. PGlite parses and plans each query anew, in six calls into WebAssembly: more than half of
 * what a busy bot computed. Here a statement is parsed once, and Postgres keeps its plan; then it is one call.
 * https://www.postgresql.org/docs/17/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
import { parse, type PGlite, protocol, type Transaction } from "@electric-sql/pglite";
import { LRUCache } from "lru-cache";

/** The bot and its queue have a hundred statements. */
const KEPT = 200;

/** Anything else may change a table, of which prepared statements know. */
const PREPARABLE = /^\s*(?:select|insert|update|delete|with)\b/i;

type Message = Awaited<ReturnType<PGlite["execProtocolStream"]>>[number];

interface Prepared {
  readonly name: string;
  /** Postgres's numbers of its parameters' types. */
  readonly types: readonly number[];
  /** What describes its rows, which comes only once. */
  readonly columns: readonly Message[];
}

type Run = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

export interface Statements {
  /** Runs one statement on its own. */
  readonly query: Run;
  /** Runs one statement inside the transaction. */
  within(transaction: Transaction): Run;
  /** Runs one or several statements without parameters. Gives all their rows. */
  readonly exec: (text: string) => Promise<Array<{ rows: Record<string, unknown>[] }>>;
}

/** Everything that the instance is asked has to go through here, except what changes no table. */
export function createStatements(instance: PGlite): Statements {
  const { serialize } = protocol;
  const known = new LRUCache<string, Prepared>({ max: KEPT });
  let made = 0;
  const send = (...parts: readonly Uint8Array[]): Promise<Message[]> =>
    instance.execProtocolStream(Buffer.concat(parts), { syncToFs: false });

  async function prepare(text: string): Promise<Prepared> {
    const least = known.size < KEPT ? undefined : known.pop();
    made += 1;
    const name = `prepared_${made}`;
    const answer = await send(
      ...(least === undefined ? [] : [serialize.close({ type: "S", name: least.name })]),
      serialize.parse({ name, text }),
      serialize.describe({ type: "S", name }),
      serialize.sync(),
    );
    const prepared = {
      name,
      types: parse.parseDescribeStatementResults(answer),
      columns: answer.filter((message) => message.name === "rowDescription"),
    };
    known.set(text, prepared);
    return prepared;
  }

  const run: Run = (text, values = []) =>
    instance.runExclusive(async () => {
      const { name, types, columns } = known.get(text) ?? (await prepare(text));
      const texts = values.map((value, index) => textOf(value, instance.serializers[types[index] ?? 0]));
      const answer = await send(
        serialize.bind({ statement: name, values: texts }),
        serialize.execute({}),
        serialize.sync(),
      );
      const [result] = parse.parseResults([...columns, ...answer], instance.parsers);
      return (result?.rows ?? []) as never[];
    });

  const forget = (): Promise<void> =>
    instance.runExclusive(async () => {
      known.clear();
      await send(serialize.query("deallocate all"));
    });

  const query: Run = async (text, values = []) => {
    if (PREPARABLE.test(text)) {
      await instance._checkReady();
      // As PGlite's own `query` does: not in the middle of somebody's transaction.
      return instance._runExclusiveTransaction(() => run(text, values));
    }
    const { rows } = await instance.query<never>(text, [...values]);
    await forget();
    return rows;
  };

  return {
    query,
    within:
      (transaction) =>
      async (text, values = []) => {
        if (PREPARABLE.test(text) && !transaction.closed) return run(text, values);
        const { rows } = await transaction.query<never>(text, [...values]);
        await forget();
        return rows;
      },
    exec: async (text) => {
      if (PREPARABLE.test(text) && !text.includes(";")) return [{ rows: await query(text) }];
      try {
        return await instance.exec(text);
      } finally {
        // Also where a later statement failed: an earlier one may have changed a table.
        await forget();
      }
    },
  };
}

function textOf(value: unknown, serialize: ((value: unknown) => string) | undefined = String): string | null {
  return value === null || value === undefined ? null : serialize(value);
}
