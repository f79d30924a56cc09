/** Verbs made of a simple type's calls: read by list or by name, create, update and delete; AWS's answers made live. */
import { ifFound } from "../aws/errors.ts";
import { isOurs } from "../aws/tags.ts";
import { type JsonObject, withoutEmpty } from "../model/values.ts";
import type {
  AnyClient,
  Asked,
  Calls,
  MakeLive,
  Page,
  Paging,
  TypeDefinition,
  Verbs,
  Where,
} from "./definition.ts";
import type { Facts } from "./facts.ts";
import { listAll } from "./list-all.ts";
import { jsonOf, tagsIn, textOf, userTags } from "./live-values.ts";
import { stateOf, updateInput } from "./state.ts";
import type { Live, ReadContext } from "./type.ts";

export function callVerbs<Client extends AnyClient>(
  definition: TypeDefinition<Client>,
  facts: ReadonlyMap<string, Facts>,
  live: MakeLive,
): Verbs {
  const { calls, service, updates = "merge", type } = definition;
  if (calls === undefined) throw new Error(`bug: ${type} has neither calls nor verbs`);
  return {
    read: (context) => read(definition, calls, context, live),
    async create(context) {
      const { aws, stack, state, parent, desired, token = "" } = context;
      const where = { stack, parent, wanted: desired.properties };
      const client = await aws.client(service);
      const answer = await calls.create(client, withoutEmpty(state), { ...context, token });
      return live({ ...state, ...jsonOf(answer) }, where);
    },
    async update(context) {
      const { aws, stack, state, parent, desired, live: before } = context;
      if (calls.update === undefined) throw new Error(`bug: ${type} cannot be changed in place`);
      const client = await aws.client(service);
      const answer = await calls.update(client, updateInput(facts, updates, context), context);
      const kept = Object.entries(before.attributes).filter(([key]) => !facts.has(key));
      const whole = { ...Object.fromEntries(kept), ...state, ...jsonOf(answer), Tags: state.Tags ?? {} };
      return live(whole, { stack, parent, wanted: desired.properties });
    },
    async delete(context) {
      const { aws, live: leaving } = context;
      const client = await aws.client(service);
      // Already deleted: by somebody else, or by a deletion whose response was lost.
      await ifFound(() => calls.delete(client, leaving, context));
    },
  };
}

async function read<Client extends AnyClient>(
  { service, type, identity, arn, place, nameOfArn }: TypeDefinition<Client>,
  calls: Calls<Client>,
  context: ReadContext,
  live: MakeLive,
): Promise<readonly Live[]> {
  const { aws, stack, lookups, parents, once } = context;
  const client = () => aws.client(service);
  const names = new Map(lookups.map(({ name, properties }) => [name, properties]));
  const pagesOf =
    (where: Where) =>
    async (paging: Paging): Promise<Page> =>
      (await calls.list?.(await client(), paging, where)) ?? {};
  const listed = (where: Where): Promise<readonly object[]> =>
    calls.wholeList?.(context, where) ??
    once(`${type} ${where.parent?.id ?? ""}`, () => listAll(pagesOf(where)));
  const seen = async (answer: JsonObject, where: Where): Promise<Live> => {
    const { name } = live(answer, where);
    const wanted = names.get(name) ?? context.wanted?.(name);
    const known = { ...where, wanted };
    return live((await calls.complete?.(context, answer, known)) ?? answer, known);
  };
  const list = async (where: Where): Promise<readonly Live[]> => {
    const answers = (await listed(where)).map(jsonOf);
    const concerned =
      where.parent === undefined ? answers.filter((answer) => isAsked(live(answer, where))) : answers;
    return Promise.all(concerned.map((answer) => seen(answer, where)));
  };
  const tagged = async (): Promise<readonly Live[]> => {
    const arns = lookups.flatMap((lookup) => lookup.arn ?? []);
    const answers = arns.map((one) => ifFound(async () => calls.byArn?.(await client(), one, context)));
    const there = (await Promise.all(answers)).filter((answer) => answer !== undefined).map(jsonOf);
    return there.map((answer) => {
      const { name } = live(answer, { stack });
      return live(answer, { stack, wanted: context.wanted?.(name) });
    });
  };
  const isAsked = ({ name, tags }: Live): boolean => names.has(name) || isOurs(tags, stack);
  if (identity.by === "parent") return readUnder(parents, (parent) => list({ stack, parent }));
  if (calls.named !== undefined) {
    const found = await Promise.all(
      lookups
        .filter(({ arn: known }) => known === undefined)
        .map(
          async ({ name, properties }) =>
            (await calls.named?.(await client(), name, { stack, wanted: properties })) ?? [],
        ),
    );
    const asked = found.flat().map((answer) => seen(jsonOf(answer), { stack }));
    return [...(await Promise.all(asked)), ...(await tagged())];
  }
  if (calls.list !== undefined || calls.wholeList !== undefined) {
    // A type that can be found by its ARN after it left the spec needs no list if nothing asks for it.
    const named = lookups.filter((lookup) => calls.byArn === undefined || lookup.arn === undefined);
    const listedOnes = named.length === 0 && nameOfArn !== undefined ? [] : list({ stack });
    return [...(await listedOnes), ...(await tagged())];
  }
  const asked = new Map<string, Asked & { readonly name: string }>();
  for (const { name, arn: foundArn, properties } of lookups) {
    const known = foundArn ?? arn?.(stack, { id: name, name, properties: properties ?? {} });
    // If a property is part of the resource's address, the resource cannot be requested without it.
    if (place !== undefined && known === undefined) continue;
    const key = place === undefined ? name : (known ?? "");
    const inSpec = properties !== undefined || asked.get(key)?.inSpec === true;
    asked.set(key, {
      stack,
      name,
      arn: known,
      inSpec,
      aws,
      once,
      wanted: properties ?? context.wanted?.(name),
    });
  }
  const found = await Promise.all(
    [...asked.values()].map((one) =>
      ifFound(async () => {
        const answer = await calls.get?.(await client(), one.name, one);
        const wanted = names.get(one.name) ?? context.wanted?.(one.name);
        return answer === undefined ? undefined : live(jsonOf(answer), { stack, wanted });
      }),
    ),
  );
  return found.filter((one) => one !== undefined);
}

/** Reads the children of all parents in parallel. A parent that was deleted in the meantime has none. */
export async function readUnder(
  parents: readonly Live[],
  readOf: (parent: Live) => Promise<readonly Live[]>,
): Promise<readonly Live[]> {
  const found = parents.map(async (parent) => (await ifFound(() => readOf(parent))) ?? []);
  return (await Promise.all(found)).flat();
}

/** An answer of AWS as a live resource. */
export function liveOf<Client extends AnyClient>(
  definition: TypeDefinition<Client>,
  facts: ReadonlyMap<string, Facts>,
  given: JsonObject,
  where: Where,
): Live {
  const {
    type,
    identity,
    id: idMember = "Arn",
    arn,
    tags: tagCalls,
    fromAws,
    liveName,
    standing,
    noteTags = [],
  } = definition;
  const { stack, parent, wanted = {} } = where;
  const answer = fromAws?.(given, where) ?? given;
  const own = textOf(answer[identity.property]);
  const known = { id: textOf(answer[idMember]), name: own, properties: answer };
  const Arn = arn?.(stack, known);
  const tags = without(tagsIn(answer.Tags), noteTags);
  const attributes: JsonObject = { ...answer, ...(Arn === undefined ? {} : { Arn }) };
  // Attributes are shown by `list` and in results; a secret is only in the state, which is masked.
  for (const [key, fact] of facts)
    if (fact.writeOnly === true || fact.sensitive === true) delete attributes[key];
  if (definition.serves !== undefined) delete attributes[definition.serves.property];
  return {
    type,
    name: liveName?.(answer, where) ?? (parent === undefined ? own : `${parent.name}::${own}`),
    id: idMember === "Arn" ? (Arn ?? known.id) : known.id,
    ...(parent === undefined ? {} : { parentId: parent.id }),
    state: stateOf(facts, { ...answer, Tags: userTags(tags) }, { parent: parent?.state ?? {}, wanted }),
    attributes,
    ...(tagCalls === undefined ? {} : { tags }),
    ...standing?.(answer, where),
  };
}

function without(tags: Record<string, string>, notes: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !notes.includes(key)));
}
