import type { Screen } from '../../ui/screen.ts';
import Page from './Editor.svelte';

export default { Page } satisfies Screen;
