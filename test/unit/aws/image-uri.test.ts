/** Container images as functions name them. */
import { describe, expect, it } from "vitest";
import { imageIssue, imagePlace } from "../../../src/aws/image-uri.ts";

const DIGEST = `sha256:${"a1".repeat(32)}`;
const at = (host: string): string => `123456789012.dkr.ecr.${host}/shop/orders`;

describe("an image's URI", () => {
  it.each<[string, string, string]>([
    ["us-east-1", "us-east-1.amazonaws.com", "us-east-1"],
    ["China", "cn-north-1.amazonaws.com.cn", "cn-north-1"],
    ["the European sovereign cloud", "eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"],
    ["an isolated partition", "us-iso-east-1.c2s.ic.gov", "us-iso-east-1"],
  ])("is taken in %s", (_where, host, region) => {
    expect(imagePlace(`${at(host)}:v12`)).toEqual({
      repositoryUri: at(host),
      account: "123456789012",
      region,
      repository: "shop/orders",
      tag: "v12",
    });
  });

  it("means the digest where it has one, and latest where it has nothing", () => {
    const uri = at("us-east-1.amazonaws.com");
    expect(imagePlace(`${uri}:v12@${DIGEST}`)).toEqual({ ...imagePlace(`${uri}@${DIGEST}`) });
    expect(imagePlace(`${uri}@${DIGEST}`)).not.toHaveProperty("tag");
    expect(imagePlace(uri)?.tag).toBe("latest");
  });

  it.each([
    at("us-east-1.amazonaws.com.example"),
    at("us-east-1.example.com"),
    at("us-east-1xamazonaws.com"),
    `${at("us-east-1.amazonaws.com")}@sha256:abc`,
    `x${at("us-east-1.amazonaws.com")}`,
  ])("is refused: %s", (uri) => {
    expect([imagePlace(uri), imageIssue(uri)?.message]).toEqual([
      undefined,
      expect.stringContaining(JSON.stringify(uri)),
    ]);
  });
});
