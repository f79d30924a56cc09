/** Steps of toy resources, in short: `{"delete Box a": ["update User u"]}` */
import type { StepSource } from "../../../../src/engine/plan/step-sources.ts";
import { buildSteps } from "../../../../src/engine/plan/steps.ts";
import type { Registry } from "../../../../src/engine/read/observed.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import type { Live, ResourceType } from "../../../../src/resources/type.ts";
import { box, thing } from "./toy-types.ts";

/** A type of which two can exist at once, and one that uses the other two without living in them. */
const lamp: ResourceType = { ...box, type: "Toy::Lamp", replaceOrder: "create-first" };
const user: ResourceType = {
  ...box,
  type: "Toy::User",
  dependencies: {
    box: { type: "Toy::Box" },
    lamp: { type: "Toy::Lamp", orderOnly: true },
    thing: { type: "Toy::Thing" },
  },
};
export const registryOf = (more: Readonly<Record<string, Partial<ResourceType>>> = {}): Registry =>
  new Map(
    [box, thing, lamp, user].map((one) => [one.type, { ...one, ...more[one.type.slice("Toy::".length)] }]),
  );

export const liveOf = (type: string, id: string, state: JsonObject = {}, parentId?: string): Live => ({
  type: `Toy::${type}`,
  name: id,
  id,
  state,
  attributes: {},
  ...(parentId === undefined ? {} : { parentId }),
});

/** `source("Box a", "delete", {live: …})` */
export function source(
  text: string,
  action: StepSource["action"],
  more: Partial<StepSource> = {},
): StepSource {
  const [type = "", name = ""] = text.split(" ");
  return {
    key: `Toy::${type}::${name}`,
    type: `Toy::${type}`,
    name,
    action,
    edges: [],
    withParent: false,
    after: [],
    ...more,
  };
}

const short = (id: string): string => id.replace("Toy::", "").replace("::", " ");

/** `{"delete Box a": ["update User u"]}` */
export function waits(sources: StepSource[], more: Readonly<Record<string, Partial<ResourceType>>> = {}) {
  const steps = buildSteps(sources, registryOf(more));
  return Object.fromEntries(steps.map(({ id, waitsFor }) => [short(id), waitsFor.map(short)]));
}

export const boxA = liveOf("Box", "box-a");
export const holding = liveOf("User", "user-u", { Uses: ["x", { Id: "box-a" }] });
