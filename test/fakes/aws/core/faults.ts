export type FaultKind =
  /** The service's throttling error, before the operation runs. */
  | "throttle"
  /** 500 before the operation runs. */
  | "error"
  /** The operation runs, then 500: the caller cannot know that it happened. */
  | "error-after"
  /** The connection breaks before the operation runs. */
  | "cut"
  /** The operation runs, then the connection breaks. */
  | "cut-after"
  /** The service's "another change is under way": ConflictException and its like, before the operation runs. */
  | "busy"
  /** AccessDenied, in the service's own words. */
  | "denied"
  /** An error of your choice (`code`, `message`, `status`), before the operation runs. */
  | "custom"
  /** Only waits `delayMs`. */
  | "delay";

export interface Fault {
  kind: FaultKind;
  service?: string;
  operation?: string;
  /** Only calls that change something. */
  writesOnly?: boolean;
  /** How many matching calls pass before it strikes. */
  skip?: number;
  /** How often it strikes; default once. */
  times?: number;
  delayMs?: number;
  code?: string;
  message?: string;
  status?: number;
  /** Only calls with such an input. */
  when?: (input: Record<string, unknown>) => boolean;
}

export interface ArmedFault extends Fault {
  /** How often it has struck. */
  hits: number;
}

export interface Faults {
  /** Arms a fault; the returned object counts its hits. */
  inject(fault: Fault): ArmedFault;
  clear(): void;
  readonly armed: readonly ArmedFault[];
}

export interface FaultCall {
  service: string;
  operation: string;
  write: boolean;
  input: Record<string, unknown>;
}

/** The armed faults and the function that picks the one (if any) that strikes a call. */
export function createFaults(): Faults & { strike(call: FaultCall): ArmedFault | undefined } {
  const armed: ArmedFault[] = [];
  const seen = new Map<ArmedFault, number>();
  return {
    armed,
    inject(fault) {
      const entry: ArmedFault = { ...fault, hits: 0 };
      armed.push(entry);
      return entry;
    },
    clear() {
      armed.length = 0;
      seen.clear();
    },
    strike(call) {
      let struck: ArmedFault | undefined;
      for (const fault of armed) {
        if (!matches(fault, call) || fault.hits >= (fault.times ?? 1)) continue;
        const passed = seen.get(fault) ?? 0;
        seen.set(fault, passed + 1);
        // Every fault counts the calls it matches, also those that another one strikes.
        if (struck === undefined && passed >= (fault.skip ?? 0)) {
          fault.hits++;
          struck = fault;
        }
      }
      return struck;
    },
  };
}

function matches(fault: Fault, call: FaultCall): boolean {
  if (fault.service !== undefined && fault.service !== call.service) return false;
  if (fault.operation !== undefined && fault.operation !== call.operation) return false;
  if (fault.writesOnly === true && !call.write) return false;
  return fault.when === undefined || fault.when(call.input);
}
