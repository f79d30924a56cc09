/** Where a function's code comes from, unless it is the folder of its name. */
import { optional } from "../../facts.ts";
import { arnText, enumText, patternText, properties, text } from "../../schema.ts";

/** GitHub's limits: https://github.com/actions/toolkit/blob/main/packages/artifact/README.md. No folder of its own name leads elsewhere. */
const artifactName = patternText(
  /^(?!\.)[^"':<>|*?\r\n\\/]{1,255}$/,
  "an artifact's name: no slashes, quotes, colons, angle brackets, bars, stars or question marks, no dot at its beginning",
);

export const code = properties({
  Artifact: optional(
    artifactName,
    "Name of the artifact that the workflow `code.workflow` of .github/gatewright.yml has built of the commit (docs/built-code.md).",
    { writeOnly: true },
  ),
  ZipFile: optional(text(), "A .zip archive in base64, for code that is not in a folder."),
  S3Bucket: optional(
    patternText(/^[\w.-]{2,62}[\w-]$/, "a bucket's name"),
    "Bucket of the archive, in the function's region.",
    { writeOnly: true },
  ),
  S3Key: optional(patternText(/^.{1,1024}$/, "a key of at most 1024 characters"), "Key of the archive.", {
    writeOnly: true,
  }),
  S3ObjectVersion: optional(
    patternText(/^.{1,1024}$/, "a version of at most 1024 characters"),
    "Version of the archive, in a versioned bucket.",
    { writeOnly: true },
  ),
  Sha256: optional(
    patternText(
      /^([0-9a-f]{64}|[A-Za-z0-9+/]{43}=)$/,
      "a SHA-256: 64 hex digits as sha256sum prints them, or base64 as in Lambda's CodeSha256",
    ),
    "SHA-256 of the archive in S3: the function's code is compared with it, and other bytes are refused.",
    { writeOnly: true },
  ),
  S3ObjectStorageMode: optional(
    enumText("COPY", "REFERENCE"),
    "COPY uploads the archive to Lambda; REFERENCE leaves it in the bucket.",
    { writeOnly: true, defaultWords: "COPY" },
  ),
  ImageUri: optional(
    text(),
    "URI of the container image in Amazon ECR (PackageType Image), in the function's region. A tag is looked up when it is planned; Lambda gets the digest.",
  ),
  SourceKMSKeyArn: optional(arnText("kms"), "ARN of the KMS key that encrypts the archive.", {
    defaultWords: "AWS's own key",
  }),
});
