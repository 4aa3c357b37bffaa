/** Version of the simulation's model; goes up when the same scenario may run differently. */
export const MODEL = 1;
