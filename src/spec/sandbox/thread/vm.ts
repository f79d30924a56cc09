/** One QuickJS in one WebAssembly instance with bounded memory, and the few functions that the guest may call. */
import baseVariant from "@jitl/quickjs-wasmfile-release-sync";
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSSyncVariant,
} from "quickjs-emscripten-core";
import { GUEST_ENTRY } from "../assets.ts";

const PAGE = 65_536;
/** What QuickJS's build asks for at least. */
const INITIAL = 16 * 1024 * 1024;
/** Reserved between the scripts' limit and the instance's limit, for QuickJS's own code, data and stack. */
const HEADROOM = 8 * 1024 * 1024;
/** Some 3,000 calls deep. The thread's own stack (see evaluate.ts) must be the larger one. */
const STACK = 512 * 1024;

export interface Vm {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly memory: WebAssembly.Memory;
  /** Whether scripts have used up their memory; memory that was freed since still counts. */
  readonly isFull: () => boolean;
}

export async function makeVm(
  wasm: WebAssembly.Module,
  memoryBytes: number,
  shouldInterrupt: () => boolean,
): Promise<Vm> {
  const bytes = Math.max(memoryBytes, INITIAL + HEADROOM);
  const memory = new WebAssembly.Memory({ initial: INITIAL / PAGE, maximum: Math.ceil(bytes / PAGE) });
  const silent = { print: nothing, printErr: nothing };
  // The package's types are a CommonJS module's; imported, its default export is the variant itself.
  const variant = newVariant(baseVariant as unknown as QuickJSSyncVariant, {
    wasmModule: wasm,
    wasmMemory: memory,
    // Emscripten's own, which the package's types do not list: without them an abort is printed.
    emscriptenModule: silent as object,
  });
  const quickjs = await newQuickJSWASMModuleFromVariant(variant);
  const runtime = quickjs.newRuntime({
    memoryLimitBytes: bytes - HEADROOM,
    maxStackSizeBytes: STACK,
    interruptHandler: shouldInterrupt,
  });
  const isFull = (): boolean => memory.buffer.byteLength >= bytes - HEADROOM;
  return { runtime, context: runtime.newContext(), memory, isFull };
}

function nothing(): void {}

/** Loads the prelude, the guest's own modules by their names, and gives its `start`. Afterwards `import()` finds nothing, not even the prelude. */
export function loadGuest({ runtime, context }: Vm, prelude: ReadonlyMap<string, string>): QuickJSHandle {
  runtime.setModuleLoader(
    (name) => prelude.get(name) ?? { error: new Error(`"${name}" is not part of the guest`) },
    (_from, name) => name.replace(/^\.\//, "gatewright:guest/"),
  );
  const code = prelude.get(GUEST_ENTRY) ?? "";
  const namespace = context.unwrapResult(context.evalCode(code, GUEST_ENTRY, { type: "module" }));
  const refuse = (): never => {
    throw new Error("import() is not available here; use require, or import at the top of the file");
  };
  runtime.setModuleLoader(refuse, refuse);
  return context.getProp(namespace, "start");
}
