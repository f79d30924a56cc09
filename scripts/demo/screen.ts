/** The demo's output: chapters with their duration, steps with progress while they run, and comments. */
import { setTimeout as later, clearTimeout as never } from "node:timers";
import { type Colors, colorsFor } from "../../src/report/terminal/colors.ts";
import { readable } from "./markdown.ts";

export interface Screen {
  readonly colors: Colors;
  /** Starts a chapter, and ends the previous one with its duration. */
  chapter(title: string): void;
  say(text: string): void;
  /** Does something that takes a while; `tell` shows progress. */
  step<T>(label: string, work: (tell: (progress: string) => void) => T | Promise<T>): Promise<T>;
  /** Shows somebody's comment, with its Markdown made readable. */
  comment(heading: string, markdown: string): void;
  /** Ends the last chapter and returns the duration of all of them. */
  end(): string;
  /** Stops all output: the story was interrupted. */
  mute(): void;
}

const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
/** Without a terminal, a step is announced only if it takes longer than this. */
const QUIET_MS = 1_500;

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

export function createScreen(out: NodeJS.WriteStream = process.stdout): Screen {
  const terminal = out.isTTY === true;
  const colors = colorsFor(terminal && !process.env.NO_COLOR);
  const width = Math.min(Math.max(out.columns || 120, 60), 120);
  let muted = false;
  const write = (text: string): void => {
    if (!muted) out.write(text);
  };
  const line = (text = ""): void => write(`${text}\n`);
  const times: { readonly title: string; readonly since: number; took: string }[] = [];

  const closeChapter = (): void => {
    const last = times.at(-1);
    if (last === undefined || last.took !== "") return;
    last.took = seconds(last.since);
    line(colors.dim(`  ${last.took}`));
  };

  return {
    colors,
    chapter: (title) => {
      closeChapter();
      times.push({ title, since: performance.now(), took: "" });
      const text = `${times.length}. ${title}`;
      line();
      line(colors.bold(`━━ ${text} ${"━".repeat(Math.max(2, width - text.length - 4))}`));
    },
    say: (text) => line(text.replaceAll(/^(?=.)/gm, "  ")),
    step: async (label, work) => {
      const started = performance.now();
      const shown = terminal ? animate({ write, colors, width }, label, started) : announce(line, label);
      const marked = (mark: string): void => {
        shown.end();
        line(`  ${mark} ${label} ${colors.dim(seconds(started))}`);
      };
      try {
        const result = await work(shown.tell);
        marked(colors.green("✓"));
        return result;
      } catch (error) {
        marked(colors.red("✗"));
        throw error;
      }
    },
    comment: (heading, markdown) => {
      const bar = colors.dim("│");
      line();
      line(`  ${colors.dim("╭─")} ${colors.bold(heading)}`);
      for (const text of readable(markdown, { colors, width: width - 6 })) line(`  ${bar} ${text}`.trimEnd());
      line(`  ${colors.dim("╰─")}`);
      line();
    },
    end: () => {
      closeChapter();
      const first = times[0]?.since ?? performance.now();
      return `${times.length} chapters in ${seconds(first)}`;
    },
    mute: () => {
      if (terminal) write("\r\u001b[2K");
      muted = true;
    },
  };
}

interface Shown {
  tell(progress: string): void;
  end(): void;
}

/** One line that is overwritten while the work goes on. */
function animate(
  {
    write,
    colors,
    width,
  }: { readonly write: (text: string) => void; readonly colors: Colors; readonly width: number },
  label: string,
  started: number,
): Shown {
  let frame = 0;
  let progress = "";
  const draw = (): void => {
    frame = (frame + 1) % FRAMES.length;
    // A line that wraps cannot be overwritten.
    const text = `${label}${progress === "" ? "" : ` · ${progress}`}`.slice(0, width - 16);
    write(`\r\u001b[2K  ${colors.cyan(FRAMES[frame] ?? "")} ${text} ${colors.dim(seconds(started))}`);
  };
  const timer = setInterval(draw, 80);
  return {
    tell: (text) => {
      progress = text;
      draw();
    },
    end: () => {
      clearInterval(timer);
      write("\r\u001b[2K");
    },
  };
}

/** Lines for logs: one at the start if the step takes a while, and one for each change of progress. */
function announce(line: (text: string) => void, label: string): Shown {
  let last = "";
  const timer = later(() => line(`  … ${label}`), QUIET_MS);
  return {
    tell: (progress) => {
      if (progress !== last) line(`    ${progress}`);
      last = progress;
    },
    end: () => never(timer),
  };
}
