/** Types of this folder that others of it name. */
export const LAYER = "Lambda::Layer";
