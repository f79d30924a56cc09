/** What a JavaScript file exports and imports, without running it. */
import { builtinModules } from "node:module";

export interface Script {
  /** It has `import` or `export` statements. */
  readonly isModule: boolean;
  readonly exports: readonly string[];
  /** It also exports what cannot be listed: `export *`, `module.exports = make()`. */
  readonly exportsMore: boolean;
  /** Specifiers as written. */
  readonly imports: readonly string[];
}

/** Undefined for a file that cannot be parsed: Lambda says what is wrong with it. */
export async function readScript(text: string): Promise<Script | undefined> {
  const [esm, cjs] = await Promise.all([import("es-module-lexer/js"), import("cjs-module-lexer")]);
  try {
    const [imports, exports, , isModule] = esm.parse(text);
    const dynamic = imports.flatMap((one) => ("specifier" in one ? (one.specifier ?? []) : []));
    if (isModule)
      return {
        isModule,
        exports: exports.flatMap((one) => (one.type === "reexport-all" ? [] : [one.name])),
        exportsMore: exports.some(({ type }) => type === "reexport-all"),
        imports: dynamic,
      };
    await cjs.init();
    const common = cjs.parse(text);
    const required = [...text.matchAll(/\brequire\s*\(\s*["']([^"'\n]+)["']\s*\)/g)].map(
      ([, name = ""]) => name,
    );
    return {
      isModule,
      exports: common.exports,
      // The lexer finds `exports.a = …` and `module.exports = { a }`; whatever else is assigned may have any names.
      exportsMore: common.reexports.length > 0 || (common.exports.length === 0 && /\bexports\b/.test(text)),
      imports: [...dynamic, ...required],
    };
  } catch {
    return undefined;
  }
}

/** The package of a bare specifier: `@aws-sdk/client-sns/x` → `@aws-sdk/client-sns`; undefined for paths and Node's own modules. */
export function packageOf(specifier: string): string | undefined {
  if (/^(?:[./#]|[a-z][\w+.-]*:)/i.test(specifier)) return undefined;
  const [scope = "", name = ""] = specifier.split("/");
  if (builtinModules.includes(scope)) return undefined;
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

/** Part of the runtime: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included */
export function isInRuntime(runtime: string, name: string): boolean {
  const version = Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 0);
  return version >= 18 ? /^@(?:aws-sdk|smithy|aws-crypto)\//.test(name) : name === "aws-sdk";
}

/** Lambda turns off Node's detection of module syntax before Node 24. */
export function detectsModules(runtime: string): boolean {
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 0) >= 24;
}
