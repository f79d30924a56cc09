/** What is done once, however often it is asked for. */

/** Does the work at the first call; every later one gets what came of it. */
export function once<Value>(work: () => Value): () => Value {
  let done: { readonly value: Value } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

/** A Map, or a cache that forgets. */
interface Answers<Key, Value> {
  get(key: Key): Promise<Value> | undefined;
  set(key: Key, answer: Promise<Value>): unknown;
  delete(key: Key): unknown;
}

/** The answer that is known, or under way; else the question is asked. A failure is not kept. */
export function askOnce<Key, Value>(
  answers: Answers<Key, Value>,
  key: Key,
  ask: () => Promise<Value>,
): Promise<Value> {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(key, answer);
  answer.catch(() => {
    if (answers.get(key) === answer) answers.delete(key);
  });
  return answer;
}
