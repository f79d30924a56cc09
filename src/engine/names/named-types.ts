/**
 * The types as a stage with names of its own sees them. What is inside a type speaks AWS's names, what is outside speaks the
 * spec's: the border is here, and neither side knows of the other.
 */
import type { Desired, Live, ResourceType } from "../../resources/type.ts";
import { parentTypeOf, type Registry } from "../read/observed.ts";
import type { Naming } from "./naming.ts";

/** @param naming undefined where names are the same on both sides */
export function namedTypes(registry: Registry, naming: Naming | undefined): Registry {
  if (naming === undefined) return registry;
  return new Map([...registry].map(([key, type]) => [key, named(type, naming)]));
}

interface Border {
  readonly inside: (name: string) => string;
  readonly outside: (name: string) => string;
}

function named(type: ResourceType, naming: Naming): ResourceType {
  const { reaches } = type;
  const border = borderOf(type, naming);
  const crossed = border === undefined ? type : crossing(type, border);
  if (reaches === undefined) return crossed;
  return {
    ...crossed,
    reaches: (live) =>
      reaches(live).map(({ type: reached, lookup }) => ({
        type: reached,
        lookup: { ...lookup, name: naming.logical(reached, lookup.name) },
      })),
  };
}

/** Undefined for what is called after its parent alone: it is told that by the parent's live form, which has the spec's name. */
function borderOf(type: ResourceType, naming: Naming): Border | undefined {
  if (type.physicalName !== undefined)
    return {
      inside: (name) => naming.physical(type.type, name),
      outside: (name) => naming.logical(type.type, name),
    };
  if (type.namedAfterOthers !== true) return undefined;
  const isChild = parentTypeOf(type) !== undefined;
  return { inside: isChild ? (name) => name : naming.physicalParts, outside: naming.logicalParts };
}

function crossing(type: ResourceType, { inside, outside }: Border): ResourceType {
  const liveInside = (live: Live): Live => ({ ...live, name: inside(live.name) });
  const liveOutside = (live: Live): Live => ({ ...live, name: outside(live.name) });
  const desiredInside = (desired: Desired): Desired => ({ ...desired, name: inside(desired.name) });
  const { predict, nameOfArn, supersede, physicalName, codeAddress, writtenAt, besidesAt } = type;
  return {
    ...type,
    desiredState: (desired) => type.desiredState(desiredInside(desired)),
    ...(predict === undefined ? {} : { predict: (desired) => predict(desiredInside(desired)) }),
    ...(writtenAt === undefined ? {} : { writtenAt: (desired) => writtenAt(desiredInside(desired)) }),
    ...(besidesAt === undefined ? {} : { besidesAt: (desired) => besidesAt(desiredInside(desired)) }),
    ...(codeAddress === undefined
      ? {}
      : { codeAddress: (context) => codeAddress({ ...context, live: liveInside(context.live) }) }),
    ...(nameOfArn === undefined || physicalName === undefined
      ? {}
      : {
          nameOfArn(arn) {
            const name = nameOfArn(arn);
            return name === undefined ? undefined : outside(name);
          },
        }),
    async read(context) {
      const lookups = context.lookups.map((lookup) => ({ ...lookup, name: inside(lookup.name) }));
      const wanted = (name: string) => context.wanted?.(outside(name));
      return (await type.read({ ...context, lookups, wanted })).map(liveOutside);
    },
    create: async (context) =>
      liveOutside(await type.create({ ...context, desired: desiredInside(context.desired) })),
    update: async (context) =>
      liveOutside(
        await type.update({
          ...context,
          desired: desiredInside(context.desired),
          live: liveInside(context.live),
        }),
      ),
    delete: (context) => type.delete({ ...context, live: liveInside(context.live) }),
    ...(supersede === undefined
      ? {}
      : { supersede: (context) => supersede({ ...context, live: liveInside(context.live) }) }),
  };
}
