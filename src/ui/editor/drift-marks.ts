// Files whose objects a command changed, for the marks on their tabs; kept by FileDrift.
import { create } from "zustand";

export const useDriftMarks = create<{ files: ReadonlySet<string> }>(() => ({ files: new Set() }));
