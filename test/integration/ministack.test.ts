/** The engine on MiniStack. The examples are on it in examples.test.ts. */
import { ministackExampleExcuses, ministackExcuses } from "../emulators/excuses.ts";
import { startMiniStack } from "../emulators/ministack.ts";
import { suitedToMiniStack } from "../emulators/suited.ts";
import { testsOn } from "./on-emulator.ts";

testsOn({
  name: "MiniStack",
  start: async () => {
    const emulator = await startMiniStack();
    return { ...emulator, empty: () => fetch(`${emulator.url}/_ministack/reset`, { method: "POST" }) };
  },
  excuses: ministackExcuses,
  otherExcuses: ministackExampleExcuses,
  suited: suitedToMiniStack,
  examples: [],
  isLived: ({ onMiniStack }) => onMiniStack === true,
});
