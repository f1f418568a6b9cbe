import { createContext } from 'svelte';

export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'fault';
  undo?: { label: string; act: () => void };
}

/** Short answers to what a person did; the newest last, the same words never twice unless each can be undone. */
export class Toasts {
  shown = $state.raw<readonly Toast[]>([]);
  #next = 1;

  say(text: string, more: { tone?: Toast['tone']; undo?: Toast['undo']; forMs?: number } = {}): void {
    const toast: Toast = { id: this.#next++, text, tone: more.tone ?? 'done', ...(more.undo ? { undo: more.undo } : {}) };
    const others = this.shown.filter((one) => one.undo !== undefined || one.text !== text);
    this.shown = [...others, toast].slice(-4);
    setTimeout(() => this.dismiss(toast.id), more.forMs ?? 8000);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const [useToasts, setToasts] = createContext<Toasts>();
