// Makes TypeScript declarations of the forms on standard input, `{ digest, index, forms }`, and writes them to standard output.
// Run through `nox -s schemas`; json-schema-to-typescript does the work, pinned in package.json beside this file.

import { compile } from "json-schema-to-typescript";

const { digest, index, forms } = JSON.parse(await new Response(process.stdin).text());

/** Names of types come from the names of forms alone, and words stand where a reader of the declarations sees them. */
function shaped(schema) {
  if (Array.isArray(schema)) return schema.map(shaped);
  if (schema === null || typeof schema !== "object") return schema;
  const kept = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties") {
      // What stands below is named by the form, not by the dialect.
      kept.properties = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shaped(each)]));
    } else if (key === "anyOf" && schema.properties !== undefined) {
      continue; // which keys go together: no type of its own
    } else if (!["title", "pattern", "propertyNames", "format", "if", "then"].includes(key) && !key.startsWith("x-")) {
      kept[key] = shaped(value);
    }
  }
  const words = [schema.title, schema.description].filter((each) => each !== undefined);
  if (schema["x-unit"] && schema["x-unit"] !== "1") words.push(`Unit: ${schema["x-unit"]}.`);
  if (words.length > 0) kept.description = words.join("\n");
  // A reference with words beside it would be taken for another type of the same shape.
  if (kept.$ref !== undefined && kept.description !== undefined) {
    return { description: kept.description, allOf: [{ $ref: kept.$ref }] };
  }
  return kept;
}

const $defs = {};
for (const [name, { title, ...form }] of Object.entries(forms)) $defs[name] = { ...shaped(form), title: name };

const properties = {};
for (const [file, name] of Object.entries(index)) properties[file] = { $ref: `#/$defs/${name}` };

const declared = await compile(
  {
    title: "PlainForms",
    description: "Every form that has a schema of its own, by the name of the schema.",
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
    $defs,
  },
  "PlainForms",
  {
    additionalProperties: false,
    bannerComment: [
      "/**",
      " * Plain forms of fupin_rules, made of its JSON Schemas by json-schema-to-typescript; not to be edited.",
      " *",
      ` * Schemas: sha256 ${digest}`,
      " */",
    ].join("\n"),
    ignoreMinAndMaxItems: true,
    strictIndexSignatures: false,
    unknownAny: true,
    unreachableDefinitions: true,
  },
);
// Where a type is used is no news to its reader.
process.stdout.write(declared.replace(/( \*\n)? \* This interface was referenced by `PlainForms`.s JSON-Schema\n \* via the `definition` "[A-Za-z]+"\.\n/g, ""));
