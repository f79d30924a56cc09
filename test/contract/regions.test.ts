/** The regions that are known are those of the SDK's table of partitions, which it does not export. */
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { couldBeRegion, knownRegions } from "../../src/model/stage.ts";
import { isRegion } from "../../src/model/stage.ts";
import { settingsSchema } from "../../src/settings/schema.ts";

const TABLE = "node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js";
const table = z.object({
  partitionsInfo: z.object({
    partitions: z.array(z.object({ regions: z.record(z.string(), z.unknown()) })),
  }),
});

describe("AWS's regions", () => {
  it("are those of the SDK", async () => {
    const { partitionsInfo } = table.parse(await import(pathToFileURL(TABLE).href));
    const regions = partitionsInfo.partitions
      .flatMap((partition) => Object.keys(partition.regions))
      .filter((region) => !region.endsWith("-global"));
    expect([...knownRegions()].sort()).toEqual(regions.sort());
  });

  it.each(["eu-west-2", "us-gov-east-1", "eusc-de-east-1", "cn-northwest-1"])("%s is one", (region) => {
    expect(isRegion(region)).toBe(true);
  });

  it.each(["us-east-3", "ap-southeast-8"])("%s could be opened since", (region) => {
    expect(couldBeRegion(region)).toBe(true);
  });

  it.each(["eu-west-9", "eu-wset-1", "us-east-0", "us-east-01", "mars-north-1", "us-east", "eu-west-2a"])(
    "%s is none",
    (region) => {
      expect(isRegion(region)).toBe(false);
    },
  );

  it("in a stage's settings too", () => {
    const judged = settingsSchema.safeParse({ stages: { dev: { region: "eu-west-9" } } });
    expect(judged.error?.issues.map(({ path }) => path.join("."))).toEqual(["stages.dev.region"]);
  });
});
