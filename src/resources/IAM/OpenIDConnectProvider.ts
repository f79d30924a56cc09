/** OpenID Connect providers. Facts: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
import { sdkInput } from "../../aws/sdk-input.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import type { StackFacts } from "../../model/stack.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { tagList, tagsOf, textOf, textsOf } from "../live-values.ts";
import { limitedText, patternText, properties, tags, textList } from "../schema.ts";
import { iam } from "./service.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
const MOST_AUDIENCES = 100;

const NAME = "oidp::";
const bare = (url: string): string => url.replace(/^https:\/\//, "");
const nameOf = ({ Url }: JsonObject): string => `${NAME}${bare(textOf(Url))}`;

function providerArn({ partition, account }: StackFacts, url: string): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${bare(url)}`;
}

export const openIdConnectProvider = defineType({
  type: "IAM::OpenIDConnectProvider",
  summary:
    "Trusts the tokens of an issuer, such as GitHub's, so that what has one can assume roles without keys.",
  service: iam,
  properties: properties({
    Url: required(
      patternText(
        /^https:\/\/[\w.-]+(\/[\w./-]*)?$/,
        'an issuer\'s URL without port or query, such as "https://token.actions.githubusercontent.com"',
      ),
      "URL of the issuer.",
      { createOnly: true },
    ),
    ClientIDList: optional(
      textList(limitedText(255, 1), MOST_AUDIENCES),
      "Audiences that are trusted: `sts.amazonaws.com` for GitHub.",
      { unordered: true },
    ),
    ThumbprintList: optional(
      textList(patternText(/^[0-9a-fA-F]{40}$/, "the 40 digits of a certificate's SHA-1"), 5),
      "Certificates of the issuer. AWS knows those of well-known issuers by itself.",
      {
        unordered: true,
        defaultWords: "AWS's own",
        ignored: (_given, { wanted }) => isEmpty(wanted.ThumbprintList),
      },
    ),
    Tags: tags(),
  }),
  identity: { by: "name", property: "Url" },
  onlyOnce: ({ Url }) => [Url],
  called: "`oidp::` and the URL without `https://`: `oidp::token.actions.githubusercontent.com`",
  id: "Arn",
  arn: (stack, { properties: { Url } }) =>
    typeof Url !== "string" || hasMarker(Url) ? undefined : providerArn(stack, Url),
  nameOfArn(arn) {
    const url = /^arn:[^:]+:iam::\d*:oidc-provider\/(.+)$/.exec(arn)?.[1];
    return url === undefined ? undefined : `${NAME}${url}`;
  },
  foundByTagsAs: "iam:oidc-provider",
  canonical: (entry) => ({ ...entry, name: nameOf(entry.properties) }),
  name: ({ properties: given }) => nameOf(given),
  liveName: (answer) => nameOf(answer),
  predict: ({ properties: { Url }, stack }): Record<string, string> => {
    if (typeof Url !== "string" || hasMarker(Url)) return {};
    return { id: providerArn(stack, Url), Arn: providerArn(stack, Url) };
  },
  tags: {
    style: "list",
    set: (client, arn, added) =>
      client.tagOpenIDConnectProvider({ OpenIDConnectProviderArn: arn, Tags: tagList(added) }),
    remove: (client, arn, TagKeys) =>
      client.untagOpenIDConnectProvider({ OpenIDConnectProviderArn: arn, TagKeys }),
  },
  // An account has one per issuer, so whatever trusts the issuer uses it, in whichever stack.
  protected: "the access of every role that trusts it",
  attributes: { id: "The provider's ARN.", "live.Arn": "The provider's ARN." },
  permissions: {
    read: ["GetOpenIDConnectProvider"],
    write: [
      "CreateOpenIDConnectProvider",
      "AddClientIDToOpenIDConnectProvider",
      "RemoveClientIDFromOpenIDConnectProvider",
      "UpdateOpenIDConnectProviderThumbprint",
      "DeleteOpenIDConnectProvider",
      "TagOpenIDConnectProvider",
      "UntagOpenIDConnectProvider",
    ],
  },
  consequence: ({ state }) =>
    `Nothing with a token of ${textOf(state.Url)} can assume a role of this account, of whichever stack.`,
  // AWS answers the URL without its scheme.
  fromAws: (answer) => ({ ...answer, Url: `https://${bare(textOf(answer.Url))}` }),
  calls: {
    get: (client, _name, { arn: OpenIDConnectProviderArn }) =>
      client.getOpenIDConnectProvider({ OpenIDConnectProviderArn }),
    async create(client, { Tags = {}, ...input }) {
      await client.createOpenIDConnectProvider(sdkInput({ ...input, Tags: tagList(tagsOf({ Tags })) }));
      return {};
    },
    async update(client, _input, { live, state, changed }) {
      const OpenIDConnectProviderArn = live.id;
      const [before, after] = [textsOf(live.state.ClientIDList), textsOf(state.ClientIDList)];
      // First what comes: a provider with neither would refuse everybody. Only where AWS has no room for it, what leaves goes before.
      const leaving = before.filter((one) => !after.includes(one));
      const remove = (ClientID: string) =>
        client.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID });
      let room = MOST_AUDIENCES - before.length;
      for (const ClientID of after.filter((one) => !before.includes(one))) {
        const last = room > 0 ? undefined : leaving.shift();
        if (last !== undefined) await remove(last);
        else room -= 1;
        await client.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID });
      }
      for (const ClientID of leaving) await remove(ClientID);
      // AWS takes no empty list; without one in the spec, what it has is not compared.
      if (changed("ThumbprintList"))
        await client.updateOpenIDConnectProviderThumbprint({
          OpenIDConnectProviderArn,
          ThumbprintList: textsOf(state.ThumbprintList),
        });
      return {};
    },
    delete: (client, live) => client.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: live.id }),
  },
});
