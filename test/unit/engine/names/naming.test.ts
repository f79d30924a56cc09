import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeNaming } from "../../../../src/engine/names/naming.ts";
import { resourceTypes } from "../../../../src/resources/registry.ts";
import { namePattern, physicalName } from "../../../../src/spec/physical-names.ts";
import type { DesiredResource } from "../../../../src/spec/types.ts";

const FUNCTION = "Lambda::Function";
const suffix = namePattern("{name}-{stage}", "dev") ?? { before: "", after: "" };

function resource(type: string, name: string, more: Partial<DesiredResource> = {}): DesiredResource {
  return {
    key: `${type}::${name}`,
    type,
    name,
    readOnly: false,
    properties: {},
    dependencies: {},
    edges: [],
    ...more,
  };
}
const owned = (type: string, name: string): DesiredResource => {
  const of = resourceTypes.get(type);
  return resource(type, name, { physicalName: physicalName(of ?? {}, name, suffix) });
};

describe("between the spec's names and AWS's", () => {
  it("there and back is where it began, for every type, pattern and name, in the spec or not", () => {
    const types = [...resourceTypes.values()].filter(({ physicalName: form }) => form !== undefined);
    fc.assert(
      fc.property(
        fc.constantFrom(...types.map(({ type }) => type)),
        fc.constantFrom("{name}-{stage}", "{stage}-{name}", "{stage}{name}-{stage}"),
        fc.stringMatching(/^(\/[a-z]{1,5}\/)?[\w-]{1,90}(\.fifo)?$/),
        fc.boolean(),
        (type, names, name, isAws) => {
          const pattern = namePattern(names, "dev");
          if (pattern === undefined) return;
          const naming = makeNaming(pattern, resourceTypes, []);
          if (isAws) expect(naming.physical(type, naming.logical(type, name))).toBe(name);
          else {
            const there = naming.physical(type, name);
            expect(naming.physical(type, naming.logical(type, there))).toBe(there);
          }
        },
      ),
    );
  });

  it("is what the spec says, also where a name was cut", () => {
    const long = "f".repeat(64);
    const naming = makeNaming(suffix, resourceTypes, [owned(FUNCTION, long)]);
    const cut = naming.physical(FUNCTION, long);
    expect(cut).not.toContain(long);
    expect(naming.logical(FUNCTION, cut)).toBe(long);
  });

  it("never takes what has the spec's name in AWS for what the spec means", () => {
    const naming = makeNaming(suffix, resourceTypes, [owned(FUNCTION, "hello")]);
    expect(naming.logical(FUNCTION, "hello-dev")).toBe("hello");
    expect(naming.logical(FUNCTION, "hello")).not.toBe("hello");
    expect(naming.physical(FUNCTION, naming.logical(FUNCTION, "hello"))).toBe("hello");
  });

  it("leaves alone what is only read", () => {
    const bus = "CloudWatchEvents::EventBus";
    const naming = makeNaming(suffix, resourceTypes, [resource(bus, "shared", { readOnly: true })]);
    expect([naming.physical(bus, "shared"), naming.logical(bus, "shared")]).toEqual(["shared", "shared"]);
  });

  it("knows a role's name in any case", () => {
    const naming = makeNaming(suffix, resourceTypes, [owned("IAM::Role", "Worker")]);
    expect(naming.logical("IAM::Role", "worker-DEV")).toBe("Worker");
  });

  it("translates the parts of names that are made of others", () => {
    const naming = makeNaming(suffix, resourceTypes, [
      owned(FUNCTION, "worker"),
      owned("SQS::Queue", "jobs.fifo"),
    ]);
    const there = naming.physicalParts("mapping::worker::jobs.fifo");
    expect(there).toBe("mapping::worker-dev::jobs-dev.fifo");
    expect(naming.logicalParts(there)).toBe("mapping::worker::jobs.fifo");
    expect(naming.logicalParts("mapping::old-dev::gone-dev")).toBe("mapping::old::gone");
    expect(naming.logicalParts("integration::api::https://example.com/x-dev")).toBe(
      "integration::api::https://example.com/x-dev",
    );
  });
});
