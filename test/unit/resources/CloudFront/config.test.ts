/** What an update sends back although no spec can say it. */
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { canonicalConfig, sentConfig } from "../../../../src/resources/CloudFront/config.ts";

const NEW = { SomethingNew: "kept" };
const config = (origin: JsonObject): JsonObject => ({
  Origins: { Items: [{ Id: "one", DomainName: "one.example.com", ...origin }] },
  DefaultCacheBehavior: { TargetOriginId: "one", CachePolicyId: "p" },
});

it.each<[string, JsonObject]>([
  ["CustomOriginConfig", { HTTPPort: 80 }],
  ["S3OriginConfig", { OriginAccessIdentity: "" }],
  ["OriginShield", { Enabled: true, OriginShieldRegion: "eu-west-2" }],
])("a member of an origin's %s that AWS has learnt since stays", (part, known) => {
  const live = config({ [part]: { ...known, ...NEW } });
  const sent = sentConfig(canonicalConfig(config({ [part]: known })), "reference", live);
  expect(sent.Origins).toMatchObject({ Items: [{ [part]: NEW }] });
});

it("an origin shield that left the spec goes, with what AWS has learnt of it", () => {
  const live = config({ OriginShield: { Enabled: true, OriginShieldRegion: "eu-west-2", ...NEW } });
  const sent = sentConfig(canonicalConfig(config({})), "reference", live);
  expect(JSON.stringify(sent)).not.toContain("OriginShield");
});
