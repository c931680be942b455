/** XML, as in njs: documents as objects, and canonical XML. */
declare module 'xml' {
  /** A document; its only other property is named like the root's tag. */
  interface XMLDoc {
    readonly $root: XMLNode;
    readonly [tag: string]: any;
  }
  /** The attributes of a node, by their names without prefixes. */
  interface XMLAttr {
    [name: string]: string | undefined;
  }
  /** An element. A property that is none of these is its first child of that tag. */
  interface XMLNode {
    /** The tag, without its prefix. */
    readonly $name: string;
    /** The namespace. */
    readonly $ns: string | undefined;
    readonly $parent: XMLNode | undefined;
    /** All text inside. Assigning replaces all that is inside. */
    $text: string;
    readonly $attrs: XMLAttr | undefined;
    /** The children that are elements. Assigning replaces all that is inside with copies. */
    $tags: XMLNode[];
    /** Appends a copy. */
    addChild(node: XMLNode): void;
    /** Removes the children of a tag, or all children that are elements. */
    removeChildren(tag?: string): void;
    /** null removes the attribute. */
    setAttribute(name: string, value: string | null): void;
    removeAttribute(name: string): void;
    removeAllAttributes(): void;
    /** Replaces all that is inside. */
    setText(text: string | null): void;
    removeText(): void;
    /** $attr$NAME is an attribute, $tag$NAME the first child of that tag, $tags$NAME all of them. */
    [name: string]: any;
  }

  /** Throws an Error with line and column. Of a document type it heeds entities and default attributes; it loads nothing. */
  function parse(source: string | ArrayBufferView | ArrayBuffer): XMLDoc;
  /** Canonical XML 1.0 without comments, of a document or an element, without one inside of it. */
  function c14n(root: XMLDoc | XMLNode, excluding?: XMLNode | null): Buffer;
  /** Exclusive XML Canonicalization 1.0. The prefix list is of prefixes, kept apart by spaces, that are treated as by c14n. */
  function exclusiveC14n(root: XMLDoc | XMLNode, excluding?: XMLNode | null, withComments?: boolean, prefix_list?: string): Buffer;
  /** As c14n. */
  function serialize(root: XMLDoc | XMLNode, excluding?: XMLNode | null): Buffer;
  /** As c14n, as text. */
  function serializeToString(root: XMLDoc | XMLNode, excluding?: XMLNode | null): string;

  const xml: Omit<typeof import('xml'), 'default'>;
  export { XMLAttr, XMLDoc, XMLNode, parse, c14n, exclusiveC14n, serialize, serializeToString };
  export default xml;
}
declare module 'node:xml' {
  export * from 'xml';
  export { default } from 'xml';
}
