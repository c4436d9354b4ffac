/** A parsed script: a flat table of nodes, so that a frame can name a node by its number alone. */
export interface Program {
  readonly text: string;
  readonly nodes: readonly Node[];
  /** Number of the node that is the whole script. */
  readonly root: number;
}

/** The shells differ in what they accept and in how they complain. */
export type Dialect = 'ash' | 'dash' | 'bash';

export type Node =
  | ListNode
  | BackgroundNode
  | AndOrNode
  | PipelineNode
  | NegationNode
  | SimpleNode
  | IfNode
  | LoopNode
  | ForNode
  | ArithmeticForNode
  | CaseNode
  | SubshellNode
  | RedirectedNode
  | FunctionNode
  | ConditionNode
  | ArithmeticNode
  | MistakeNode;

interface NodeBase {
  /** Lines before this node in the script, so 0 on the first line, as `ash -c` counts them. */
  readonly line: number;
}

export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly number[];
}
export interface BackgroundNode extends NodeBase {
  readonly kind: 'background';
  readonly body: number;
}
export interface AndOrNode extends NodeBase {
  readonly kind: 'andOr';
  readonly items: readonly number[];
  /** `operators[i]` stands between item i and item i + 1. */
  readonly operators: readonly ('&&' | '||')[];
}
export interface PipelineNode extends NodeBase {
  readonly kind: 'pipeline';
  readonly items: readonly number[];
}
export interface NegationNode extends NodeBase {
  readonly kind: 'negation';
  readonly body: number;
}
export interface SimpleNode extends NodeBase {
  readonly kind: 'simple';
  readonly words: readonly Word[];
  readonly assignments: readonly AssignmentWord[];
  readonly redirects: readonly RedirectWord[];
}
export interface IfNode extends NodeBase {
  readonly kind: 'if';
  readonly tests: readonly number[];
  readonly bodies: readonly number[];
  readonly otherwise?: number;
}
export interface LoopNode extends NodeBase {
  readonly kind: 'loop';
  readonly until: boolean;
  readonly test: number;
  readonly body: number;
}
export interface ForNode extends NodeBase {
  readonly kind: 'for';
  readonly name: string;
  /** Absent for `for x; do`, which walks over the positional parameters. */
  readonly words?: readonly Word[];
  readonly body: number;
}
export interface ArithmeticForNode extends NodeBase {
  readonly kind: 'arithmeticFor';
  readonly first: Word;
  readonly test: Word;
  readonly next: Word;
  readonly body: number;
}
export interface CaseNode extends NodeBase {
  readonly kind: 'case';
  readonly word: Word;
  readonly arms: readonly CaseArm[];
}
export interface CaseArm {
  readonly patterns: readonly Word[];
  readonly body: number;
  /** `;&`: the next arm's body runs too. */
  readonly fallsThrough: boolean;
}
export interface SubshellNode extends NodeBase {
  readonly kind: 'subshell';
  readonly body: number;
}
export interface RedirectedNode extends NodeBase {
  readonly kind: 'redirected';
  readonly body: number;
  readonly redirects: readonly RedirectWord[];
}
export interface FunctionNode extends NodeBase {
  readonly kind: 'function';
  readonly name: string;
  readonly body: number;
}
/** `[[ … ]]`: its words in prefix order, and the tree over them. */
export interface ConditionNode extends NodeBase {
  readonly kind: 'condition';
  readonly words: readonly Word[];
  readonly test: Condition;
}
export type Condition =
  | { readonly kind: 'unary'; readonly operator: string; readonly word: number }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: number; readonly right: number }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition };
export interface ArithmeticNode extends NodeBase {
  readonly kind: 'arithmetic';
  readonly word: Word;
}
/** What could not be parsed; running into it says so and ends the shell with status 2. */
export interface MistakeNode extends NodeBase {
  readonly kind: 'mistake';
  readonly message: string;
}

export interface AssignmentWord {
  readonly name: string;
  readonly append: boolean;
  readonly value: Word;
}

export interface RedirectWord {
  readonly operator: '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '&>>' | 'text';
  readonly fd: number;
  /** The file, the descriptor to copy, or for `text` (here-documents) the text itself. */
  readonly target: Word;
}

export interface Word {
  readonly parts: readonly Part[];
  /** As written, for messages and for `set -x`. */
  readonly source: string;
  /** It stays one field and is not matched against files: `a=$x` after `export`. */
  readonly whole?: true;
}

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  /** Something quoted makes a field even when it is empty. */
  | { readonly kind: 'quotes'; readonly parts: readonly Part[] }
  | ParameterPart
  /** `$( )` and backticks. */
  | { readonly kind: 'capture'; readonly node: number; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly parts: readonly Part[]; readonly quoted: boolean }
  | { readonly kind: 'home' };

export interface ParameterPart {
  readonly kind: 'parameter';
  readonly name: string;
  readonly quoted: boolean;
  readonly operator?: string;
  readonly word?: Word;
  readonly second?: Word;
  /** Of an array: all of it, or the value of an expression. */
  readonly index?: '@' | '*' | readonly Part[];
}
