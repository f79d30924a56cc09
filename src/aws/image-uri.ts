/**
 * A container image in Amazon ECR, as a function names it. Pure. What Lambda takes:
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
import { AWS_DOMAIN } from "./domains.ts";

/** Where an image is. */
export interface ImagePlace {
  /** `123456789012.dkr.ecr.eu-west-2.amazonaws.com/shop/orders`, without tag and digest. */
  readonly repositoryUri: string;
  readonly account: string;
  readonly region: string;
  /** `shop/orders` */
  readonly repository: string;
  /** Without tag and digest it is `latest`, as for Docker. */
  readonly tag?: string | undefined;
  /** `sha256:` and 64 hex digits. With it a tag means nothing. */
  readonly digest?: string | undefined;
}

const URI = new RegExp(
  String.raw`^(?<repositoryUri>(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.(?:${AWS_DOMAIN})\/(?<repository>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*))` +
    String.raw`(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);

/** Undefined for what is no image of a private ECR registry. */
export function imagePlace(uri: string): ImagePlace | undefined {
  const { repositoryUri, account, region, repository, tag, digest } = URI.exec(uri)?.groups ?? {};
  if (repositoryUri === undefined || account === undefined || region === undefined) return undefined;
  if (repository === undefined) return undefined;
  const place = { repositoryUri, account, region, repository };
  return digest === undefined ? { ...place, tag: tag ?? "latest" } : { ...place, digest };
}

/** What is wrong with an image's URI wherever the function is; undefined where nothing is. */
export function imageIssue(uri: string): { readonly message: string; readonly hint: string } | undefined {
  if (imagePlace(uri) !== undefined) return undefined;
  const accepted = "ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG, or @sha256:… for :TAG";
  const message = `${JSON.stringify(uri)} is no image that Lambda takes; accepted: ${accepted}`;
  if (/\.dkr\.ecr-fips\./.test(uri))
    return { message, hint: "Lambda takes no FIPS endpoint of ECR: write ecr for ecr-fips." };
  if (/\.dkr\.ecr\.[^/]+\/[^:@]*[A-Z]/.test(uri))
    return { message, hint: "A repository's name has no capital letters." };
  return {
    message,
    hint: "Lambda takes images from a private repository of Amazon ECR only: push the image there, also one of a public registry.",
  };
}
