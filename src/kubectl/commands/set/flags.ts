// Flags that all set commands share.
import type { Flag } from "../../command.ts";
import {
  ALL_FLAG,
  fieldManagerFlag,
  fileFlags,
  LOCAL_FLAG,
  RECORD_FLAG,
  SELECTOR_FLAG,
  WRITING_FLAGS,
} from "../../writing/flag-sets.ts";

export const SET_FLAGS: readonly Flag[] = [
  ...fileFlags("with the objects to change"),
  ...WRITING_FLAGS,
  ALL_FLAG,
  LOCAL_FLAG,
  RECORD_FLAG,
  SELECTOR_FLAG,
  fieldManagerFlag("kubectl-set"),
];
