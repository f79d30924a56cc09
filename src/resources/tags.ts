/** Changes of tags, for every type. */
import type { Service } from "../aws/service.ts";
import { isEmpty } from "../model/values.ts";
import type { TagCalls, Verbs } from "./definition.ts";
import { tagChanges, tagList, tagsOf, textOf } from "./live-values.ts";
import type { Live } from "./type.ts";

interface ByArn<Member extends string> {
  tagResource(
    input: { [Key in Member]: string } & { Tags: { Key: string; Value: string }[] },
  ): Promise<unknown>;
  untagResource(input: { [Key in Member]: string } & { TagKeys: string[] }): Promise<unknown>;
}

/** The calls of a service that tags whatever an ARN names with a list; `member` is what its calls call the ARN. */
export function tagsByArn<Member extends string>(member: Member): TagCalls<ByArn<Member>> {
  const of = (arn: string) => ({ [member]: arn }) as { [Key in Member]: string };
  return {
    style: "list",
    set: (client, arn, added) => client.tagResource({ ...of(arn), Tags: tagList(added) }),
    remove: (client, arn, TagKeys) => client.untagResource({ ...of(arn), TagKeys }),
  };
}

/** Tag changes go by the calls that a type names, before its own update and without it when nothing else changed. */
export function withTags<Client extends { middlewareStack: unknown }>(
  verbs: Verbs,
  service: Service<Client>,
  tags: TagCalls<Client>,
): Verbs {
  return {
    ...verbs,
    async update(context) {
      const { aws, live, state, changes, changed } = context;
      if (!changed("Tags")) return verbs.update(context);
      const client = await aws.client(service);
      const arn = textOf(live.attributes.Arn) || live.id;
      const { set, remove } = tagChanges(live.state, state);
      // First what goes: a resource has room for fifty, and IAM takes keys that differ in case only for one.
      if (remove.length > 0) await tags.remove(client, arn, remove);
      if (!isEmpty(set)) await tags.set(client, arn, set);
      const tagged = withTagsOf(live, tagsOf(state));
      const rest = changes.filter(({ path }) => path !== "Tags" && !path.startsWith("Tags."));
      return rest.length === 0 ? tagged : verbs.update({ ...context, live: tagged, changes: rest });
    },
  };
}

function withTagsOf(live: Live, tags: Readonly<Record<string, string>>): Live {
  return { ...live, tags, state: { ...live.state, Tags: { ...tags } } };
}
