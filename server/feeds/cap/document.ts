import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { refused, type Outcome } from '#contract/faults.ts';

/** A tree of elements: text, or children by name without prefix. */
export type Element = { readonly [name: string]: unknown };

const NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';
const REPEATED = new Set(['info', 'area', 'polygon', 'circle', 'category', 'resource', 'eventCode', 'parameter', 'geocode', 'responseType', 'code']);

const refusal = (reason: string) => refused('INGEST_CAP', { detail: reason });

function createParser(): XMLParser {
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    transformTagName: (name) => name.slice(name.indexOf(':') + 1),
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: true,
    htmlEntities: true,
    maxNestedTags: 16,
    isArray: (name) => REPEATED.has(name),
  });
}

/**
 * XML text → the `alert` element of CAP 1.2.
 * Fails: INGEST_CAP for a document type declaration, another encoding, broken XML, or another vocabulary.
 */
export function readAlertElement(xml: string): Outcome<Element> {
  const text = xml.replace(/^\uFEFF/, '');
  if (/<!\s*(doctype|entity)/i.test(text)) return refusal('a document type declaration is not accepted');
  const encoding = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/i.exec(text)?.[1];
  if (encoding !== undefined && !/^(utf-8|us-ascii)$/i.test(encoding)) return refusal(`encoding ${encoding.slice(0, 20)} is not accepted, send UTF-8`);
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) return refusal(`line ${verdict.err.line}: the XML is not well formed`);
  const root = parse(text);
  const alert = root?.alert;
  if (typeof alert !== 'object' || alert === null || Array.isArray(alert)) return refusal('the root element is not `alert`');
  if (!Object.entries(alert).some(([name, value]) => name.startsWith('@xmlns') && value === NAMESPACE)) return refusal(`the namespace is not ${NAMESPACE}`);
  return { ok: true, value: alert as Element };
}

function parse(text: string): Element | undefined {
  try {
    return createParser().parse(text) as Element;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Text of a child, or undefined when it is absent or empty. */
export function textIn(element: Element, name: string): string | undefined {
  const value = Object.hasOwn(element, name) ? element[name] : undefined;
  const text = typeof value === 'string' ? value : isElement(value) && typeof value['#text'] === 'string' ? value['#text'] : undefined;
  return text === undefined || text === '' ? undefined : text.normalize('NFC');
}

/** Children of a name that may be repeated, as elements. */
export const elementsIn = (element: Element, name: string): Element[] => listIn(element, name).filter(isElement);

/** Texts of a name that may be repeated. */
export const textsIn = (element: Element, name: string): string[] => listIn(element, name).filter((value) => typeof value === 'string' && value !== '') as string[];

function listIn(element: Element, name: string): unknown[] {
  const value = Object.hasOwn(element, name) ? element[name] : undefined;
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
