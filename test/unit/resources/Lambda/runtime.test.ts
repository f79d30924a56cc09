import { Runtime } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { RETIRED, RUNTIMES, runtimeFindings } from "../../../../src/resources/Lambda/function/runtime.ts";

describe("runtimes", () => {
  it("are those of the SDK", () => {
    expect([...RUNTIMES, ...RETIRED].sort()).toEqual(Object.values<string>(Runtime).sort());
  });

  it.each([...RUNTIMES])("%s is accepted", (runtime) => {
    expect(runtimeFindings(runtime)).toEqual([]);
  });

  it.each([
    ["nodejs22", "nodejs22.x"],
    ["node22", "nodejs22.x"],
    ["node22.x", "nodejs22.x"],
    ["nodejs22.4", "nodejs22.x"],
    ["NODEJS22.X", "nodejs22.x"],
    ["Node.js 22", "nodejs22.x"],
    ["node-22", "nodejs22.x"],
    ["python3.12.1", "python3.12"],
    ["Python3.12", "python3.12"],
    ["python", "python3.15"],
    ["python3", "python3.15"],
    ["py3.11", "python3.11"],
    ["java", "java25"],
    ["provided.al", "provided.al2023"],
    ["ruby3", "ruby3.4"],
    ["dotnet", "dotnet10"],
  ])("%s is refused: did you mean %s?", (runtime, meant) => {
    expect(runtimeFindings(runtime)).toMatchObject([
      { severity: "error", code: "PROPERTY_INVALID", hint: `Did you mean "${meant}"?` },
    ]);
  });

  it.each(["nodejs21.x", "nodejs19.x", "python3.5", "java9", "rust1.x", "deno2.x", "php8.3", "x"])(
    "%s never existed",
    (runtime) => {
      expect(runtimeFindings(runtime)).toMatchObject([{ severity: "error" }]);
    },
  );

  it.each(["nodejs28.x", "python3.16", "python4.0", "java29", "ruby4.1", "dotnet12", "provided.al2027"])(
    "%s could be a new one",
    (runtime) => {
      expect(runtimeFindings(runtime)).toMatchObject([{ severity: "warning", code: "RUNTIME_UNKNOWN" }]);
    },
  );

  it.each([...RETIRED])("%s is refused where the function is made or changed", (runtime) => {
    expect(runtimeFindings(runtime)).toMatchObject([{ severity: "when-written" }]);
  });
});
