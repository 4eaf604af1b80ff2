/** A member of an interface. */
export interface Member {
  comment: string;
  name: string;
  isOptional: boolean;
  /** A union of types, or the members of an object type. */
  type: string[] | { members: Member[] };
}

const INDENT = '  ';
const LINE_CHARACTERS = 110;

/** Returns a string literal. Control characters become escapes. */
export const quote = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

const printUnion = (start: string, types: string[], indent: string) => {
  const distinct = [...new Set(types)];
  const line = `${start} ${distinct.join(' | ')};`;
  if (line.length <= LINE_CHARACTERS) return line;
  return `${start}${distinct.map((type) => `\n${indent}${INDENT}| ${type}`).join('')};`;
};

const printMember = ({ comment, name, isOptional, type }: Member, indent: string): string => {
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : quote(name);
  const start = `${indent}${key}${isOptional ? '?' : ''}:`;
  const printed = Array.isArray(type)
    ? printUnion(start, type, indent)
    : `${start} {\n${printMembers(type.members, indent + INDENT)}\n${indent}};`;
  return `${indent}/** ${comment} */\n${printed}`;
};

const printMembers = (members: Member[], indent: string): string =>
  members.map((member) => printMember(member, indent)).join('\n');

/** Prints a declaration that adds members to an interface of a module. */
export const printAugmentation = (module: string, name: string, members: Member[]): string =>
  `declare module ${quote(module)} {
${INDENT}interface ${name} {
${printMembers(members, INDENT + INDENT)}
${INDENT}}
}`;
