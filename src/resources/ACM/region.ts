/** Where a certificate has to be: AWS takes one of another region for nothing. */
import { own } from "../../model/own.ts";
import { partitionOf } from "../../model/stage.ts";
import { isEmpty, type JsonValue } from "../../model/values.ts";
import type { Finding, Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { type Path, refused } from "../findings.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";

/** How a resource takes its certificate: from a property, or else from a dependency. */
export interface Taken {
  readonly path: Path;
  readonly given: JsonValue | undefined;
  readonly dependency: string;
  /** Who takes it: `CloudFront`. */
  readonly taker: string;
  /** The only region that it takes one of; undefined where that is not known. */
  readonly region: string | undefined;
}

interface Place {
  readonly what: string;
  readonly region?: string | undefined;
}

/** The region of what is spread over the world by CloudFront, where that is known. */
export function spreadFrom({ region }: LinkedSpec): string | undefined {
  return partitionOf(region) === "aws" ? "us-east-1" : undefined;
}

/** AWS would refuse it, often only after other resources are made. */
export function certificateElsewhere(
  one: Linked,
  spec: LinkedSpec,
  { path, given, dependency, taker, region }: Taken,
): readonly Finding[] {
  const isGiven = !isEmpty(given);
  const place = isGiven ? written(given, spec) : named(one, dependency, spec);
  if (region === undefined || place?.region === undefined || place.region === region) return [];
  return [
    refused(
      isGiven ? path : ["dependencies", dependency],
      `"${place.what}" is a certificate of ${place.region}; ${taker} takes only certificates of ${region}`,
      spec.region === region
        ? "Make the certificate in this stack, or give the ARN of one of this region."
        : `Make the certificate in a stack of ${region}, and give its ARN.`,
    ),
  ];
}

/** An ARN, or what `getId` names: a certificate of the stack is in the stack's region. */
function written(value: JsonValue | undefined, spec: LinkedSpec): Place {
  if (typeof value === "string") return ofArn(value);
  const { type, name } = objectOf(objectOf(listOf(objectOf(value).$template)[0]).ref);
  return type === "ACM::Certificate" ? { what: textOf(name), region: spec.region } : { what: "" };
}

function named(one: Linked, dependency: string, spec: LinkedSpec): Place | undefined {
  const [target] = own(one.dependencies, dependency) ?? [];
  if (target === undefined) return undefined;
  if (!("key" in target)) return ofArn(target.arn);
  return { what: spec.byKey(target.key)?.draft.name ?? target.key, region: spec.region };
}

function ofArn(arn: string): Place {
  return { what: arn, region: /^arn:[^:]*:acm:([\w-]+):/.exec(arn)?.[1] };
}
