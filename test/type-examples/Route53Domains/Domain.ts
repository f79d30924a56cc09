import type { TypeExample } from "../example.ts";

/** Only read, so that it has no life: test/unit/resources/Route53Domains/Domain.test.ts. */
export const example: TypeExample = {
  type: "Route53Domains::Domain",
  cloudFormation: [],
  lives: [],
  notLived: { DomainName: "a registered domain is never made, changed or deleted" },
};
