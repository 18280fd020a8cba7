// The facts of one household in plain form, by path as the library names them: `income.pension_yuan`,
// `members[2].birth_date`. A fact that is not there is not known.

const MEMBER = /^members\[([^[\]]*)\]\.(.+)$/;

export function readFact(household, path) {
  const member = MEMBER.exec(path);
  if (member) return household.members?.find((each) => each.id === member[1])?.[member[2]];
  const [group, name] = path.split(".");
  return name === undefined ? household[group] : household[group]?.[name];
}

// Give the household with one fact set, or taken back where the value is `undefined`; the one given stays as it is.
export function withFact(household, path, value) {
  const changed = structuredClone(household);
  const member = MEMBER.exec(path);
  if (member) {
    const row = changed.members?.find((each) => each.id === member[1]);
    if (row) put(row, member[2], value);
    return changed;
  }
  const [group, name] = path.split(".");
  if (name === undefined) put(changed, group, value);
  else {
    changed[group] ??= {};
    put(changed[group], name, value);
    if (Object.keys(changed[group]).length === 0) delete changed[group];
  }
  return changed;
}

function put(row, name, value) {
  if (value === undefined || value === null || value === "") delete row[name];
  else row[name] = value;
}

export function withMember(household) {
  const changed = structuredClone(household);
  changed.members ??= [];
  const taken = new Set(changed.members.map((each) => each.id));
  let number = changed.members.length + 1;
  while (taken.has(String(number))) number += 1;
  changed.members.push({ id: String(number) });
  return changed;
}

export function withoutMember(household, id) {
  const changed = structuredClone(household);
  changed.members = changed.members.filter((each) => each.id !== id);
  if (changed.members.length === 0) delete changed.members;
  return changed;
}

// Name the fact that a fault is about, as `$.members[0].sex` counts members by place.
export function factOfFault(household, path) {
  const member = /^\$\.members\[(\d+)\]\.(.+)$/.exec(path);
  if (member) return `members[${household.members?.[Number(member[1])]?.id}].${member[2]}`;
  return path.replace(/^\$\./, "");
}

export function isKnown(value) {
  return value !== undefined && value !== null && !(typeof value === "object" && "not_known" in value);
}
