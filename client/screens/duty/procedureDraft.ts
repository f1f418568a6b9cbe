import type { Procedure, ProcedureStep, ProcedureText } from '#contract/procedure.ts';

/** A step as its form holds it. `answers` is one line: `Có → buoc-3; Không → end`. `key` tells steps apart while they move. */
export interface StepFields {
  key: number;
  id: string;
  title: string;
  role: string;
  withinMinutes: string;
  document: string;
  evidence: '' | NonNullable<ProcedureStep['evidence']>;
  question: string;
  answers: string;
}

export interface ProcedureFields {
  code: string;
  title: string;
  basis: string;
  kinds: ProcedureText['kinds'];
  steps: StepFields[];
}

const ARROW = ' → ';

/** An empty step with a name no other has. */
export const newStep = (order: number): StepFields => ({ key: order + Math.max(0, order) * 1000 + 1, id: `buoc-${order + 1}`, title: '', role: '', withinMinutes: '10', document: '', evidence: '', question: '', answers: '' });

export function draftOf(procedure: Procedure | null): ProcedureFields {
  if (procedure === null) return { code: '', title: '', basis: '', kinds: [], steps: [newStep(0), newStep(1)] };
  const { code, title, basis, kinds, steps } = procedure;
  return {
    code, title, basis, kinds: [...kinds],
    steps: steps.map((step, key) => ({
      key, id: step.id, title: step.title, role: step.role, withinMinutes: String(step.withinMinutes), document: step.document ?? '', evidence: step.evidence ?? '',
      question: step.branch?.question ?? '', answers: step.branch?.answers.map(({ answer, goto }) => `${answer}${ARROW}${goto}`).join('; ') ?? '',
    })),
  };
}

function stepOf({ id, title, role, withinMinutes, document, evidence, question, answers }: StepFields): ProcedureStep {
  const branch = question.trim() === '' ? {} : {
    branch: {
      question: question.trim(),
      answers: answers.split(';').filter((part) => part.trim() !== '').map((part) => {
        const [answer = '', goto = ''] = part.split(/→|->|:/);
        return { answer: answer.trim(), goto: goto.trim() };
      }),
    },
  };
  return { id: id.trim(), title: title.trim(), role: role.trim(), withinMinutes: Number(withinMinutes), ...(document.trim() === '' ? {} : { document: document.trim() }), ...(evidence === '' ? {} : { evidence }), ...branch };
}

/** The procedure of a form; what is not sound the server names by its place. */
export const procedureOf = ({ code, title, basis, kinds, steps }: ProcedureFields): ProcedureText => ({ code: code.trim(), title: title.trim(), basis: basis.trim(), kinds: [...kinds], steps: steps.map(stepOf) });
