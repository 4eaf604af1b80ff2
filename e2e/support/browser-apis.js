// Finds uses of web and JavaScript APIs that a browser does not have, by the types in the source and MDN's data.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

/** @typedef {import('@mdn/browser-compat-data').Identifier} Entry */
/** @typedef {import('@mdn/browser-compat-data').BrowserName} BrowserName */
/** A browser and the oldest version to support. @typedef {[browser: BrowserName, version: number]} Target */
/** @typedef {{ api: string, place: string, missing: string[] }} Use */

/** @type {import('@mdn/browser-compat-data').CompatData} */
const mdn = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@mdn/browser-compat-data'), 'utf8'),
);

/** Objects whose properties are looked up whatever type the source gives them. @type {Record<string, string>} */
const HOST_OBJECTS = { window: 'Window', document: 'Document', navigator: 'Navigator' };

/** @param {string} owner @param {string} member @returns {Entry | undefined} */
const entryOf = (owner, member) => {
  for (const group of [mdn.api, mdn.javascript.builtins]) {
    const members = /** @type {Record<string, Entry>} */ (group[owner] ?? {});
    // A static method has a name of its own there.
    const entry = Object.hasOwn(members, member) ? members[member] : members[`${member}_static`];
    if (entry?.__compat) return entry;
  }
  return undefined;
};

/** @param {string} name @returns {Entry | undefined} */
const globalEntryOf = (name) =>
  [mdn.api, mdn.javascript.builtins].find((group) => Object.hasOwn(group, name) && group[name].__compat)?.[
    name
  ] ?? entryOf('Window', name);

/**
 * @param {string | boolean | null | undefined} since a version as MDN writes it: `90`, `≤37`, `preview`, `false`
 * @param {number} version
 */
const isReached = (since, version) =>
  typeof since === 'string' && Number.parseFloat(since.replace('≤', '')) <= version;

/**
 * Returns the targets that lack an API, or have it under another name or behind a flag.
 * @param {Entry} entry @param {Target[]} targets
 */
const lackingIn = (entry, targets) =>
  targets
    .filter(([browser, version]) => {
      const support = entry.__compat?.support[browser];
      return ![support]
        .flat()
        .some(
          (statement) =>
            isReached(statement?.version_added, version) &&
            !isReached(statement?.version_removed, version) &&
            !statement?.flags &&
            !statement?.prefix &&
            !statement?.alternative_name,
        );
    })
    .map((target) => target.join(' '));

/** Returns the names of a type's interface or class and of all that it extends. @param {ts.Type} type @returns {string[]} */
const namesOf = (type) => {
  if (type.isUnionOrIntersection()) return type.types.flatMap(namesOf);
  const bases = type.isClassOrInterface() ? (type.getBaseTypes() ?? []) : [];
  const target = /** @type {Partial<ts.TypeReference>} */ (type).target;
  const generic = target && target !== type ? namesOf(target) : [];
  return [...(type.symbol ? [type.symbol.name] : []), ...generic, ...bases.flatMap(namesOf)];
};

/** Removes casts, parentheses and assertions around an expression. @param {ts.Expression} node @returns {ts.Expression} */
const unwrap = (node) =>
  ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)
    ? unwrap(node.expression)
    : node;

/**
 * Returns each use of an API that a target lacks, in the given files and in what these import from `folder`.
 * @param {string[]} files @param {string} folder @param {Target[]} targets
 */
export const findNewerApis = (files, folder, targets) => {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2020,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    strict: true,
    allowJs: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  /** @type {Use[]} */
  const uses = [];

  /** @param {ts.Declaration} declaration */
  const isOfPlatform = (declaration) =>
    program.isSourceFileDefaultLibrary(declaration.getSourceFile()) ||
    Boolean(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient);

  /** @param {ts.Node} node */
  const globalNameOf = (node) =>
    ts.isIdentifier(node) && checker.getSymbolAtLocation(node)?.declarations?.some(isOfPlatform)
      ? node.text
      : undefined;

  /** @param {ts.Node} node @param {string} api @param {Entry | undefined} entry */
  const note = (node, api, entry) => {
    const missing = entry ? lackingIn(entry, targets) : [];
    if (!missing.length) return;
    const source = node.getSourceFile();
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    uses.push({ api, place: `${source.fileName}:${line + 1}`, missing });
  };

  /** @param {ts.Node} node @param {ts.Expression | undefined} object @param {ts.Type} type @param {string} member */
  const noteMember = (node, object, type, member) => {
    const global = object && globalNameOf(unwrap(object));
    const host = global && (HOST_OBJECTS[global] ?? global);
    const property = checker.getPropertyOfType(checker.getNonNullableType(type), member);
    const isPlatforms = property?.declarations?.some(isOfPlatform);
    const owners = [...(host ? [host] : []), ...(isPlatforms ? namesOf(checker.getApparentType(type)) : [])];
    // `Array` and `ArrayConstructor`: the latter has the static methods.
    const names = owners.map((name) => name.replace(/Constructor$/, ''));
    const owner = names.find((name) => entryOf(name, member));
    if (owner) note(node, `${owner}.${member}`, entryOf(owner, member));
    else if (host === 'Window') note(node, member, globalEntryOf(member));
  };

  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isPropertyAccessExpression(node)) {
      noteMember(node, node.expression, checker.getTypeAtLocation(node.expression), node.name.text);
      visit(node.expression);
      return;
    }
    if (ts.isObjectBindingPattern(node)) {
      const { initializer } = /** @type {{ initializer?: ts.Expression }} */ (node.parent);
      for (const { name, propertyName } of node.elements) {
        noteMember(node, initializer, checker.getTypeAtLocation(node), (propertyName ?? name).getText());
      }
    }
    // Reads a property by its name: readUnclobbered(element, 'checkVisibility').
    if (ts.isCallExpression(node) && node.arguments[1] && ts.isStringLiteral(node.arguments[1])) {
      const [object, name] = node.arguments;
      noteMember(node, object, checker.getTypeAtLocation(object), name.text);
    }
    if (ts.isIdentifier(node) && !ts.isDeclarationStatement(node.parent)) {
      const declarations = checker.getSymbolAtLocation(node)?.declarations;
      const isOwnName = declarations?.some((declaration) => declaration === node.parent);
      if (!isOwnName && declarations?.some(isOfPlatform)) note(node, node.text, globalEntryOf(node.text));
    }
    ts.forEachChild(node, visit);
  };

  for (const source of program.getSourceFiles()) {
    const isOurs = files.includes(source.fileName) || source.fileName.startsWith(folder);
    if (isOurs && !source.isDeclarationFile) visit(source);
  }
  return uses;
};
