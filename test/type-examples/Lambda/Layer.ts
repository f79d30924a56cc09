import { NAME, type TypeExample } from "../example.ts";

const ANSWERED_AS = "AWS does not show where content came from: the version's description remembers it";
const PLACE = "here too: every change of a layer replaces it";

export const example: TypeExample = {
  type: "Lambda::Layer",
  cloudFormation: [{ type: "AWS::Lambda::LayerVersion" }],
  differences: {
    "Content.S3Bucket: replaces there only": PLACE,
    "Content.S3Key: replaces there only": PLACE,
    "Content.S3ObjectVersion: replaces there only": PLACE,
    "Content.Artifact: only here": "what a workflow of GitHub has built, which CloudFormation does not know",
    "Content.Sha256: only here": "what is at the place in S3: neither CloudFormation nor the SDK asks",
    "Content.ZipFile: only here": "the SDK's; CloudFormation takes an object in S3 only",
    "Content: required there only": "the folder of the layer's name is its content when none is given",
    "Content.S3Bucket: required there only": "the folder, or ZipFile",
    "Content.S3Key: required there only": "the folder, or ZipFile",
    "LayerName: required here only": NAME,
  },
  onMiniStack: true,
  onMoto: true,
  lives: [
    {
      as: "folder",
      beside: [],
      files: { "fonts/nodejs/node_modules/fonts/index.js": "1;\n", "icons/nodejs/index.js": "2;\n" },
      full: {
        LayerName: "fonts",
        Description: "Fonts for all functions",
        CompatibleRuntimes: ["nodejs22.x", "nodejs24.x"],
        CompatibleArchitectures: ["x86_64"],
        LicenseInfo: "MIT",
      },
      minimal: { LayerName: "fonts" },
      needed: ["LayerName"],
      changed: {
        LayerName: "icons",
        Description: "Fonts",
        CompatibleRuntimes: ["nodejs22.x"],
        CompatibleArchitectures: ["arm64", "x86_64"],
        LicenseInfo: "Apache-2.0",
      },
    },
    {
      as: "content in S3",
      notOn: ["moto"],
      beside: [],
      full: { LayerName: "fonts", Content: { S3Bucket: "code", S3Key: "fonts.zip", S3ObjectVersion: "1" } },
      minimal: { LayerName: "fonts", Content: { S3Bucket: "code", S3Key: "fonts.zip" } },
      needed: ["LayerName", "Content", "Content.S3Bucket", "Content.S3Key"],
      changed: {
        "Content.S3Bucket": "more-code",
        "Content.S3Key": "other.zip",
        "Content.S3ObjectVersion": "2",
      },
      shownAs: {
        "Content.S3Bucket": "CodePlace",
        "Content.S3Key": "CodePlace",
        "Content.S3ObjectVersion": "CodePlace",
      },
    },
  ],
  notLived: {
    "Content.Artifact": "built by a workflow: built-code.test.ts",
    "Content.ZipFile": "a package as text: Layer.test.ts",
    "Content.Sha256": "compared with what the archive is: Layer.test.ts",
    "Content.S3ObjectStorageMode": ANSWERED_AS,
  },
};
