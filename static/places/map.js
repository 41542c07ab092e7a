/* Larger and smaller maps. Without this module a map is whole and its shapes are links all the same. */
export {};
