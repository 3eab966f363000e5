import 'reflect-metadata';
import { ArgsType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { pageSizeDefault, pageSizeMax, type PageArguments } from './page-range.js';
import { PageInfo } from './page-info.js';

/** One entry of a page, and where it stands in its list. */
export interface PageEdge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** A page as a connection's fields read it. */
export interface Page<T> {
  readonly edges: readonly PageEdge<T>[];
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  /** Asked of the database only when the client asks for it; see {@link countMax}. */
  readonly totalCount?: number | (() => Promise<number>);
}

/** Counting stops here; one more than this stands for "more". */
export const countMax = 25_000;

const forward = `How many entries, from the front: 1 to ${pageSizeMax}, ${pageSizeDefault} when neither first nor last is given.`;

/** `first` and `after`, for a list that is only read forward. */
@ArgsType()
export class ForwardPageArgs implements PageArguments {
  @Field(() => Int, { nullable: true, description: forward })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only entries behind this cursor, which an earlier page of the same list gave.' })
  after?: string | null;
}

/** `first` with `after`, or `last` with `before`: Relay's four arguments. */
@ArgsType()
export class PageArgs extends ForwardPageArgs {
  @Field(() => Int, { nullable: true, description: `How many entries, from the back: 1 to ${pageSizeMax}; not together with first.` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only entries before this cursor, which an earlier page of the same list gave.' })
  before?: string | null;
}

/** Whether reading goes on from somewhere. A cursor is good in one list only: whoever goes on does so in that one, and not in many at once. */
export function hasCursor({ after, before }: PageArguments): boolean {
  return (after ?? before ?? null) !== null;
}

/** How a connection is named and what it offers. */
export interface ConnectionOptions {
  /** The noun: `Tenant` makes `TenantConnection` and `TenantEdge`. */
  readonly name: string;
  /** What the list holds and in which order, as a client's developer reads it. */
  readonly description: string;
  /** Adds `totalCount`, counted up to {@link countMax}. */
  readonly totalCount?: boolean;
  /** Where the node is another subgraph's entity: it may be gone, and one that is must not empty the page. */
  readonly nullableNodes?: boolean;
  /** For a connection that several subgraphs have in the same words. */
  readonly shareable?: boolean;
}

/** The two classes of a connection. */
export interface ConnectionClasses<T> {
  readonly Connection: new () => Page<T>;
  readonly Edge: new () => PageEdge<T>;
}

/** Makes a Relay connection and its edge from a subgraph's own class. Called once per name, beside the list that uses it. */
export function connectionOf<T extends object>(node: abstract new (...args: never[]) => T, options: ConnectionOptions): ConnectionClasses<T> {
  const Edge = edgeOf(node, options);
  const nullable = options.nullableNodes ? 'items' : false;

  @ObjectType(`${options.name}Connection`, { description: options.description })
  class Connection implements Page<T> {
    @Field(() => [Edge], { description: 'The entries of this page, each with its cursor.' })
    edges: PageEdge<T>[];

    @Field(() => [node as never], { nullable, description: 'The entries of this page without their cursors.' })
    nodes: T[];

    @Field(() => PageInfo, { description: 'Where this page lies in its list.' })
    pageInfo: PageInfo;

    totalCount?: number | (() => Promise<number>);
  }
  if (options.totalCount) Field(() => Int, { description: `How many entries the whole list has, counted up to ${countMax}; ${countMax + 1} means more.`, simple: true })(Connection.prototype, 'totalCount');
  if (options.shareable) Directive('@shareable')(Connection);
  return { Connection, Edge };
}

function edgeOf<T extends object>(node: abstract new (...args: never[]) => T, options: ConnectionOptions): new () => PageEdge<T> {
  @ObjectType(`${options.name}Edge`, { description: `One entry of a ${options.name}Connection with its cursor.` })
  class Edge implements PageEdge<T> {
    @Field(() => String, { description: 'Where the entry stands; opaque, and good in the same list only.' })
    cursor: string;

    @Field(() => node as never, { nullable: options.nullableNodes ?? false, description: 'The entry itself, as everywhere.' })
    node: T;
  }
  if (options.shareable) Directive('@shareable')(Edge);
  return Edge;
}
