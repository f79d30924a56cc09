import http from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useProxyOf } from "../../../../src/model/node/proxy.ts";

let direct = (): void => {};
afterEach(() => {
  direct();
  vi.restoreAllMocks();
});

const setTo = () => vi.spyOn(http, "setGlobalProxyFromEnv").mockReturnValue(() => {});

describe("the proxy of the environment", () => {
  it.each([
    ["an address", "http://ana:secret-password@[bad:1"],
    ["a port", "http://ana:secret-password@proxy:99999999"],
  ])("that has not %s is left out, and its password is not shown", (_what, https_proxy) => {
    const said: string[] = [];
    direct = useProxyOf({ https_proxy }, (message) => said.push(message));
    expect(said).toEqual([expect.stringContaining("http://HOST:PORT")]);
    expect(said.join()).not.toContain("secret-password");
  });

  it("may be a host and a port, and an empty name in small letters says nothing", () => {
    const set = setTo();
    useProxyOf({ https_proxy: "", HTTPS_PROXY: "proxy:3128" }, expect.unreachable);
    expect(set).toHaveBeenCalledWith(expect.objectContaining({ https_proxy: "http://proxy:3128" }));
  });

  it("is not asked for the machine's credentials, nor for what NO_PROXY names", () => {
    const set = setTo();
    useProxyOf({ HTTP_PROXY: "http://proxy:3128", NO_PROXY: "own.example" }, expect.unreachable);
    expect(set.mock.calls[0]?.[0]?.no_proxy?.split(",")).toEqual(
      expect.arrayContaining(["own.example", "169.254.169.254", "169.254.170.2", "169.254.170.23"]),
    );
  });

  it("is not used where NO_PROXY is *", () => {
    const set = setTo();
    useProxyOf({ HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "*" }, expect.unreachable);
    expect(set).not.toHaveBeenCalled();
  });
});
