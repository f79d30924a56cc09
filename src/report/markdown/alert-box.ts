/** GitHub's alert boxes. */
import { joinMarkdown, md, type Markdown } from "../../text/markdown.ts";

/** An alert box with one paragraph or a list.  */
export function alertBox(kind: "CAUTION" | "WARNING" | "NOTE" | "TIP", items: readonly Markdown[]): Markdown {
  const lines = items.length === 1 ? items : items.map((item) => md`- ${item}`);
  return joinMarkdown([md`> [!${kind}]`, ...lines.map((line) => md`> ${line}`)], "\n");
}
