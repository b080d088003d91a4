// What the entries take of runtimes whose types are not installed here.
declare var Deno: { env: { toObject(): Record<string, string> } };
declare var Bun: { env: Record<string, string | undefined> };
