import type { Service } from "./core/service.ts";
import * as services from "./services.ts";

export const SERVICES: readonly Service[] = Object.values(services);
